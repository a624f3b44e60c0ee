package sluice.runtime.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.KafkaProperties;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

/**
 * Who numbers the schemas of an installation's records: Sluice itself or a registry. The records of the configuration
 * topic say so, and a process that was told otherwise must not start: it would take one schema for another.
 */
public final class LogNumbering {
    private static final String HEADER = "schema-ids";
    private static final byte[] REGISTRY = "registry".getBytes(UTF_8);

    private final Topics topics;
    private final LoggedSchemas schemas;
    private final Optional<RegisteredSchemas> registry;
    private boolean isFirst = true;

    private LogNumbering(Topics topics, LoggedSchemas schemas, Optional<RegisteredSchemas> registry) {
        this.topics = topics;
        this.schemas = schemas;
        this.registry = registry;
    }

    /**
     * As a process is told. With a registry, waits for it.
     *
     * @param progress told what is waited for
     * @throws IllegalStateException if the registry does not do
     */
    public static LogNumbering of(NodeSettings settings, Consumer<String> progress) throws InterruptedException {
        var schemas = new LoggedSchemas(
                settings.topicPrefix() + Topics.SCHEMAS, ReleasedSchemas.load(), new KafkaProperties(settings));
        var own = new Topics(settings.topicPrefix(), settings.partitions(), settings.retention(), schemas);
        if (settings.registry().isEmpty()) return new LogNumbering(own, schemas, Optional.empty());
        var registry = settings.registry().get();
        var registered = RegisteredSchemas.join(registry, own, progress);
        var serializer = registry.serializer().map(name -> OtherSerializer.of(name, registry));
        return new LogNumbering(own.publishedWith(registered, serializer), schemas, Optional.of(registered));
    }

    /** The catalogue, its records numbered so. */
    public Topics topics() {
        return topics;
    }

    /** Sluice's own numbers, with a registry too: those of stores, sealed fields and queries. */
    public LoggedSchemas schemas() {
        return schemas;
    }

    /** The registry, if there is one. */
    public Optional<RegisteredSchemas> registry() {
        return registry;
    }

    /** What a record of the configuration topic says of its number. */
    public List<Header> headers() {
        return registry.isEmpty() ? List.of() : List.of(new RecordHeader(HEADER, REGISTRY));
    }

    /**
     * Compares what a record of the configuration topic says.
     *
     * @throws IllegalStateException if this process was told otherwise than the one that wrote it
     */
    public synchronized void check(Headers headers) {
        var isOfRegistry = headers.lastHeader(HEADER) != null;
        if (registry.isEmpty() && isOfRegistry) {
            throw new IllegalStateException(
                    "A schema registry numbers the records of this installation: set SLUICE_SCHEMA_REGISTRY_URL, as for the other processes");
        }
        if (registry.isPresent() && !isOfRegistry && isFirst) {
            isFirst = false;
            if (!registry.get().canReadOwnIds()) {
                throw new IllegalStateException(
                        "This log was begun without a schema registry, and its records' schema ids mean something else in the registry: unset SLUICE_SCHEMA_REGISTRY_URL, or begin a new log");
            }
        }
    }
}
