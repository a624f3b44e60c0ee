package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import sluice.bench.process.Folders;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Outcome;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.PersonalSeal;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.CustomValue;
import sluice.schemas.Enrichment;
import sluice.schemas.PersonalKey;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.User;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/**
 * What the rules processor does with a track event, from the bytes read to the bytes told and put, without broker and
 * disk: the processor that runs in production, on stores in memory that keep bytes.
 */
final class DecidingProcessor implements AutoCloseable {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final int USERS = 1000;

    /** Everything in this, each user's key made anew each time, as it is in production. */
    private static final PersonalKeys ONE_EPOCH = new PersonalKeys() {
        private final Epoch epoch = new Epoch(BEGINNING, BEGINNING.plus(Duration.ofDays(3650)));
        private final byte[] key = new byte[PersonalSeal.KEY_BYTES];

        @Override
        public Optional<Epoch> at(String tenantId, String userId, Instant at) {
            return Optional.of(epoch);
        }

        @Override
        public Optional<byte[]> key(String tenantId, String userId, int id) {
            return Optional.of(PersonalSeal.derived(key, tenantId, userId));
        }
    };

    private final Topics topics = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private final Path folder;
    private final MockProcessorContext<String, Outcome> context;
    private final UserProcessor processor;
    private final EventMapper opening;
    private final ObservationMapper observations;
    private final Queue<byte[]> prepared = new ArrayDeque<>();
    private final AvroSerde<User> users;
    private final UserMapper mapper;
    private long events;
    private long decided;

    DecidingProcessor(ConfigurationSource configuration) throws IOException {
        folder = Files.createTempDirectory("sluice-bench");
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
        var ids = topics.schemaIds();
        var sealing = Keyset.open(folder);
        var blinding = Blinding.open(folder);
        opening = new EventMapper(sealing, ids);
        observations = new ObservationMapper(new SignalKeys(blinding));
        users = new AvroSerde<>(User.class, ids);
        mapper = new UserMapper(sealing, ids);
        store(RulesTopology.USER, users);
        store(RulesTopology.LOOKUP, Serdes.String());
        store(RulesTopology.PERSONAL_KEY, new AvroSerde<>(PersonalKey.class, ids));
        sealing.use(ONE_EPOCH);
        var decider =
                new Decider(Opening.secrets(sealing), Opening.contacts(sealing), new SealedExplanations(sealing, ids));
        processor = new UserProcessor(
                decider,
                Opening.contacts(sealing),
                mapper,
                new Lookup(blinding),
                configuration,
                Ownership.UNASKED,
                topics.partitions(),
                new RuleMatches(new SimpleMeterRegistry()),
                sealing,
                topics.retention());
        processor.init(context);
    }

    private <V> void store(String name, Serde<V> value) {
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), value)
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    boolean hasEvent() {
        return !prepared.isEmpty();
    }

    /** Makes so many events ready, each a second after the one before, of one user after the other. */
    void prepare(int number) {
        for (var each = 0; each < number; each++) prepared.add(event());
    }

    /** As it lies on the log. */
    private byte[] event() {
        events++;
        var event = TrackEvent.newBuilder()
                .setEventId("event-" + events)
                .setTenantId(Shop.TENANT)
                .setUserId(user(events))
                .setActionCode(Shop.ACTION)
                .setIdempotencyKey("key-" + events)
                .setReceivedAt(BEGINNING.plusSeconds(events))
                .setAttributes(attributes())
                .build();
        return topics.trackEvents.value().toBytes(event);
    }

    private static String user(long event) {
        return "user-" + event % USERS;
    }

    private TrackAttributes attributes() {
        var address = "192.0.2." + events % 200;
        return TrackAttributes.newBuilder()
                .setIpAddress(address)
                .setDeviceId("device-" + events % 3)
                .setUserAgent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                .setEmail("someone@example.com")
                .setCustom(Map.of("amount", new CustomValue(null, (double) (events % 1000), null, null)))
                .setEnrichment(Enrichment.newBuilder()
                        .setAddress(address)
                        .setCountry("NZ")
                        .setLatitude(-36.8)
                        .setLongitude(174.7)
                        .setTimeZone("Pacific/Auckland")
                        .setBrowser("Firefox")
                        .setOperatingSystem("Linux")
                        .setDeviceType("DESKTOP")
                        .setIsBot(false)
                        .build())
                .build();
    }

    /**
     * Decides the next event.
     *
     * @return bytes told
     */
    long decide() {
        decided++;
        var key = Shop.TENANT + "/" + user(decided);
        var read = opening.track(key, topics.trackEvents.value().fromBytes(prepared.remove()));
        processor.process(new Record<>(key, read, 0L));
        var bytes = 0L;
        for (var told : context.forwarded()) bytes += bytes(told.record().value());
        context.resetForwards();
        return bytes;
    }

    private long bytes(Outcome outcome) {
        if (outcome instanceof Outcome.Decided decided) {
            return topics.decisions.value().toBytes(OutcomeMapper.toAvro(decided.decision())).length;
        }
        var observed = observations.toAvro((Outcome.Observed) outcome);
        return topics.signalObservations.value().toBytes(observed.value).length
                + (long) observed.key.getBytes(UTF_8).length;
    }

    /** What is kept of the user of the last event. */
    byte[] record() {
        KeyValueStore<String, User> store = context.getStateStore(RulesTopology.USER);
        return users.toBytes(store.get(Shop.TENANT + "/" + user(decided)));
    }

    /** A user's record to what it means, and back. */
    byte[] rewritten(byte[] record) {
        return users.toBytes(mapper.toAvro(mapper.toDomain(users.fromBytes(record))));
    }

    /** A user's record through Avro, and no further. */
    byte[] copied(byte[] record) {
        return users.toBytes(users.fromBytes(record));
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
