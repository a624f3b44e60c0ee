package sluice.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The schemas that were ever released, with the ids that they have for good (docs/adr/0002-schema-ids.md). They travel
 * in the jar, so that reading and writing needs no registry.
 */
public final class ReleasedSchemas implements SchemaIds {
    private static final String FOLDER = "/sluice/schemas/released/";

    /** One released schema: a line of the index. */
    public record Release(int id, String name, int version, Schema schema) {}

    private final List<Release> releases;
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    private ReleasedSchemas(List<Release> releases) {
        this.releases = releases;
        for (var release : releases) {
            ids.put(release.schema(), release.id());
            schemas.put(release.id(), release.schema());
        }
    }

    /**
     * Those of another build than this one.
     *
     * @param releases oldest first
     */
    public static ReleasedSchemas of(List<Release> releases) {
        return new ReleasedSchemas(List.copyOf(releases));
    }

    /** Reads the index and every schema that it names. */
    public static ReleasedSchemas load() {
        return new ReleasedSchemas(read("index")
                .lines()
                .filter(line -> !line.isBlank())
                .map(ReleasedSchemas::release)
                .toList());
    }

    private static Release release(String line) {
        var columns = line.split(" ", -1);
        var name = columns[1];
        var version = Integer.parseInt(columns[2]);
        var schema = new Schema.Parser().parse(read(name + "-" + version + ".avsc"));
        return new Release(Integer.parseInt(columns[0]), name, version, schema);
    }

    private static String read(String file) {
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) throw new UnknownSchemaException("No released schema in " + FOLDER + file);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Release> releases() {
        return releases;
    }

    @Override
    public int idOf(Schema schema) {
        var id = ids.get(schema);
        if (id == null) {
            throw new UnknownSchemaException("The schema " + schema.getFullName() + " was never released as it stands");
        }
        return id;
    }

    @Override
    public Schema schemaOf(int id, String record) {
        return schemaOf(id);
    }

    /** The schema of an id, whatever record it is of. */
    public Schema schemaOf(int id) {
        return find(id).orElseThrow(() -> new UnknownSchemaException("No released schema has the id " + id));
    }

    /** The schema of an id, if one was released with it. */
    public Optional<Schema> find(int id) {
        return Optional.ofNullable(schemas.get(id));
    }
}
