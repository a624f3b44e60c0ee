package sluice.runtime.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas.Release;
import sluice.schemas.wire.SchemaIds;
import sluice.schemas.wire.UnknownSchemaException;

/**
 * The schemas of the topics' records with the ids that a registry gave them. What Sluice writes is known from the start
 * on, so a registry that goes away stops nothing; only a record of an id that was never seen waits until it is back.
 */
public final class RegisteredSchemas implements SchemaIds {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteredSchemas.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final RegistrySettings settings;
    private final RegistryClient client;
    private final SchemaIds own;
    private final List<Release> releases = new ArrayList<>();
    private final Map<Schema, Integer> ids = new HashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final UnknownIds unknown = new UnknownIds(InstantSource.system());
    private final AtomicInteger waiting = new AtomicInteger();

    private RegisteredSchemas(RegistrySettings settings, SchemaIds own) {
        this.settings = settings;
        this.client = new RegistryClient(settings);
        this.own = own;
    }

    /**
     * Registers every schema of the topics' records, oldest first, or finds them.
     *
     * @param topics whose records Sluice numbers itself
     * @param progress told what is waited for
     * @throws IllegalStateException if the registry is not reachable for a minute, refuses a schema, or lacks one that
     *     Sluice writes with and must not register
     */
    public static RegisteredSchemas join(RegistrySettings settings, Topics topics, Consumer<String> progress)
            throws InterruptedException {
        progress.accept("waiting for the schema registry at " + settings.url());
        var registered = new RegisteredSchemas(settings, topics.schemaIds());
        for (var topic : topics.all()) {
            for (var release : topics.schemaIds().releases()) {
                if (release.schema().getFullName().equals(topic.value().schema().getFullName())) {
                    registered.number(topic, release);
                }
            }
        }
        return registered;
    }

    private void number(Topic<?> topic, Release release) throws InterruptedException {
        var subject = settings.naming().subject(topic.name(), release.schema().getFullName());
        var id = id(subject, release.schema());
        if (id.isPresent()) {
            releases.add(new Release(id.getAsInt(), release.name(), release.version(), release.schema()));
            ids.put(release.schema(), id.getAsInt());
            schemas.put(id.getAsInt(), release.schema());
        } else if (release.schema().equals(topic.value().schema())) {
            throw new IllegalStateException(
                    "The schema registry at %s lacks version %d of %s under %s; register it, or let Sluice do it with SLUICE_SCHEMA_REGISTRY_AUTO_REGISTER=true"
                            .formatted(settings.url(), release.version(), release.name(), subject));
        }
    }

    private OptionalInt id(String subject, Schema schema) throws InterruptedException {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            try {
                return settings.registers()
                        ? OptionalInt.of(client.register(subject, schema))
                        : client.find(subject, schema);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "The schema registry at %s did not answer within %d s"
                                    .formatted(settings.url(), START_PATIENCE.toSeconds()),
                            e);
                }
                Thread.sleep(ASK_AGAIN.toMillis());
            }
        }
    }

    @Override
    public int idOf(Schema schema) {
        var id = ids.get(schema);
        if (id == null)
            throw new UnknownSchemaException("The registry has no " + schema.getFullName() + " as it stands");
        return id;
    }

    /** Of records from before there was a registry too: they carry Sluice's own ids. */
    @Override
    public Schema schemaOf(int id, String record) {
        var registered = registered(id);
        if (isOf(registered, record)) return registered.orElseThrow();
        var before = own(id);
        if (isOf(before, record)) return before.orElseThrow();
        return registered.orElseThrow(() -> new UnknownSchemaException("The registry has no schema of the id " + id));
    }

    /**
     * Whether records with Sluice's own ids can be told from those with the registry's: no own id is another schema of
     * the same record there.
     */
    boolean canReadOwnIds() {
        var records = releases.stream().map(Release::name).toList();
        return own.releases().stream()
                .filter(release -> records.contains(release.name()))
                .allMatch(release -> registered(release.id())
                        .filter(other ->
                                other.getFullName().equals(release.schema().getFullName()))
                        .map(release.schema()::equals)
                        .orElse(true));
    }

    private static boolean isOf(Optional<Schema> schema, String record) {
        return schema.map(Schema::getFullName).filter(record::equals).isPresent();
    }

    private Optional<Schema> own(int id) {
        return own.releases().stream()
                .filter(release -> release.id() == id)
                .map(Release::schema)
                .findFirst();
    }

    private Optional<Schema> registered(int id) {
        var known = schemas.get(id);
        if (known != null) return Optional.of(known);
        if (unknown.contains(id)) return Optional.empty();
        var found = ask(id);
        found.ifPresentOrElse(schema -> schemas.put(id, schema), () -> unknown.add(id));
        return found;
    }

    /** Waits as long as it takes: to give up would skip a record that may be sound. */
    private Optional<Schema> ask(int id) {
        waiting.incrementAndGet();
        try {
            while (true) {
                try {
                    return client.schema(id);
                } catch (IOException e) {
                    LOG.warn("A record of schema id {} waits for the schema registry: {}", id, e.toString());
                    Thread.sleep(ASK_AGAIN.toMillis());
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Whether no record waits for the registry. */
    public boolean isReady() {
        return waiting.get() == 0;
    }

    @Override
    public List<Release> releases() {
        return List.copyOf(releases);
    }
}
