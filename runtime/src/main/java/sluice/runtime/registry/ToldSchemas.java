package sluice.runtime.registry;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** What was read of the topic of schemas, beside a build's own. Of an id the first record counts. Thread-safe. */
final class ToldSchemas {
    private static final Logger LOG = LoggerFactory.getLogger(ToldSchemas.class);

    private final String topic;
    private final ReleasedSchemas own;
    private final Map<Integer, Schema> told = new ConcurrentHashMap<>();

    ToldSchemas(String topic, ReleasedSchemas own) {
        this.topic = topic;
        this.own = own;
    }

    /** Takes a record; what is no schema counts for nothing. */
    void take(@Nullable String key, @Nullable String text) {
        try {
            var id = Integer.parseInt(String.valueOf(key));
            var schema = schema(id, String.valueOf(text));
            var first = told.putIfAbsent(id, schema);
            if (first != null && !first.equals(schema)) {
                LOG.error("{} has two schemas of the id {}: the first one counts", topic, id);
            }
        } catch (IllegalArgumentException | AvroRuntimeException e) {
            LOG.error("A record of {} is no schema, it counts for nothing: its key is {}", topic, key, e);
        }
    }

    /** Most are this build's own, which need no parsing. */
    private Schema schema(int id, String text) {
        return own.find(id).filter(schema -> schema.toString().equals(text)).orElseGet(() -> new Schema.Parser()
                .parse(text));
    }

    Optional<Schema> find(int id) {
        return Optional.ofNullable(told.get(id));
    }

    /** The build's own that nobody has told: texts by id. */
    Map<Integer, String> missing() {
        return own.releases().stream()
                .filter(release -> !told.containsKey(release.id()))
                .collect(toMap(Release::id, release -> release.schema().toString(), (one, other) -> one, TreeMap::new));
    }

    /** @throws IllegalStateException if an id of the build's own means something else here */
    void refuseOthers() {
        for (var release : own.releases()) {
            var other = told.get(release.id());
            if (other == null || other.equals(release.schema())) continue;
            var article = other.getName().equals(release.name()) ? "another " : "a ";
            throw new IllegalStateException(
                    "The schema id %d is version %d of %s in this build, and %s in another one, which has told it on the topic %s: they were released apart, and would misread each other's records. Release one of them anew after the other, or begin a new log"
                            .formatted(
                                    release.id(), release.version(), release.name(), article + other.getName(), topic));
        }
    }
}
