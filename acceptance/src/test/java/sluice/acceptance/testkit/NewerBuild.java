package sluice.acceptance.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.registry.LoggedSchemas;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** A build that is newer than this one: some of its records begin with a field that this one knows nothing of. */
public final class NewerBuild {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADER_BYTES = 5;

    private final ReleasedSchemas older = ReleasedSchemas.load();
    private final Map<String, Release> changed = new HashMap<>();
    private final ReleasedSchemas all;

    private NewerBuild(String field, List<Schema> records) throws JsonProcessingException {
        var releases = new ArrayList<>(older.releases());
        var id = releases.stream().mapToInt(Release::id).max().orElseThrow();
        for (var record : records) {
            var release = new Release(++id, record.getName(), 99, with(field, record));
            releases.add(release);
            changed.put(record.getFullName(), release);
        }
        this.all = ReleasedSchemas.of(releases);
    }

    /**
     * A build that has released new versions of some records.
     *
     * @param field name of what each has more, a text
     * @param records as this build has them
     */
    public static NewerBuild with(String field, Schema... records) throws JsonProcessingException {
        return new NewerBuild(field, List.of(records));
    }

    private static Schema with(String field, Schema record) throws JsonProcessingException {
        var json = JSON.readTree(record.toString());
        ((ArrayNode) json.get("fields"))
                .insertObject(0)
                .put("name", field)
                .put("type", "string")
                .put("default", "");
        return new Schema.Parser().parse(json.toString());
    }

    /** Tells its schemas, as its first process does when it starts. */
    public void tell(Topics topics, KafkaProperties kafka) throws InterruptedException {
        try (var schemas = new LoggedSchemas(topics.schemas(), all, kafka)) {
            schemas.tell();
            schemas.awaitQuiet();
        }
    }

    /** A record as that build writes it: by the schema that it changed, and with something in its new field. */
    public byte[] written(byte[] record) throws IOException {
        var writer = older.schemaOf(ByteBuffer.wrap(record, 1, Integer.BYTES).getInt());
        var newer = Objects.requireNonNull(changed.get(writer.getFullName()), "not changed");
        var decoder = DecoderFactory.get().binaryDecoder(record, HEADER_BYTES, record.length - HEADER_BYTES, null);
        GenericRecord read = new GenericDatumReader<GenericRecord>(writer, newer.schema()).read(null, decoder);
        read.put(0, "something new");
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) 0)
                .putInt(newer.id())
                .array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(newer.schema()).write(read, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
