package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.rules.testkit.Acme;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.erasure.domain.LiveEpoch;
import sluice.runtime.erasure.domain.LiveEpochs;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.ErasedException;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.PersonalSeal;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.runtime.seal.domain.Sealed;
import sluice.runtime.settings.Settings;
import sluice.schemas.AddAuthenticator;
import sluice.schemas.PersonalKey;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.User;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** E11: with the user go the keys of what they told, and with the epoch's key the last that opens it. */
class ErasureTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final String ADDRESS = "ada@example.com";

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private final AvroSerde<TrackAttributes> attributes = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
    private final Acme acme = new Acme();
    private LiveEpochs epochs = LiveEpochs.NONE;
    private Sealing sealing;
    private TopologyTestDriver driver;

    private final ConfigurationSource configuration = new ConfigurationSource() {
        @Override
        public ConfigurationView newest() {
            return acme.configuration();
        }

        @Override
        public ConfigurationView at(long version) {
            return acme.history().at(version);
        }
    };

    private final PersonalKeys live = new PersonalKeys() {
        @Override
        public Optional<Epoch> at(String tenantId, String userId, Instant at) {
            return epochs.at(at).map(LiveEpoch::epoch);
        }

        @Override
        public Optional<byte[]> key(String tenantId, String userId, int epoch) {
            return epochs.of(epoch).map(each -> PersonalSeal.derived(each.key(), tenantId, userId));
        }
    };

    @BeforeEach
    void start() throws IOException {
        for (var i = 0; i < 4; i++) {
            var from = START.plus(LENGTH.multipliedBy(i));
            epochs = epochs.with(
                    new LiveEpoch("epoch-" + i, new Epoch(from, from.plus(LENGTH)), new byte[PersonalSeal.KEY_BYTES]));
        }
        sealing = Keyset.open(folder);
        sealing.use(live);
        var streams = new KafkaProperties(NodeSettings.from(new Settings(Map.of())))
                .streams("sluice.rules-processor", "member", folder.resolve("state"), topics.deadLetters());
        var topology = new RulesTopology(
                        topics,
                        streams,
                        sealing,
                        Blinding.open(folder),
                        configuration,
                        Ownership.UNASKED,
                        new SimpleMeterRegistry())
                .get();
        driver = new TopologyTestDriver(topology, streams, START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenAUserWhoCame_whenTheEpochsKeyGoes_thenTheirsOpensWhatTheyTold_andNobodyElses() {
        var told = track("ada", 0);
        var other = track("ada/0", 0);
        end(0);

        assertThat(opened(told)).isEqualTo(ADDRESS);
        assertThat(opened(other)).isEqualTo(ADDRESS);
        delete("ada", 1);
        assertThatThrownBy(() -> opened(told)).isInstanceOf(ErasedException.class);
        assertThat(opened(other)).isEqualTo(ADDRESS);
    }

    @Test
    void givenADeletedUserWhoComesBackInTheSameEpoch_whenItsKeyGoes_thenNothingOfItIsReadable_andOfTheNextAllIs() {
        var before = track("ada", 0);
        var today = track("ada", 1);
        delete("ada", 1);
        var back = track("ada", 1);
        var tomorrow = track("ada", 2);
        end(0);
        assertThatThrownBy(() -> opened(before)).isInstanceOf(ErasedException.class);
        assertThat(opened(today)).as("until the epoch's key goes").isEqualTo(ADDRESS);
        end(1);
        end(2);

        assertThatThrownBy(() -> opened(today)).isInstanceOf(ErasedException.class);
        assertThatThrownBy(() -> opened(back)).isInstanceOf(ErasedException.class);
        assertThat(opened(tomorrow)).isEqualTo(ADDRESS);
    }

    /** The redelivery after a crash: what had come after the deletion keeps its key. */
    @Test
    void givenADeletionThatComesAgain_whenTheUserIsBack_thenTheKeysOfLaterEpochsStay() {
        track("ada", 0);
        var deletion = delete("ada", 0);
        var back = track("ada", 1);
        pipe(topics.userCommands, "ada", deletion);
        end(1);

        assertThat(opened(back)).isEqualTo(ADDRESS);
    }

    /** One ingress's clock was behind another's. */
    @Test
    void givenADeletionSecondsBeforeTheNextEpoch_whenSomethingWasSealedInThat_thenItIsErasedToo() {
        var early = track("ada", Instant.parse("2026-01-01T01:00:00.100Z"));
        pipe(
                topics.userCommands,
                "ada",
                command("ada", UserCommandKind.DELETE_USER, START.plus(LENGTH).minusMillis(1)));
        end(1);

        assertThatThrownBy(() -> opened(early)).isInstanceOf(ErasedException.class);
    }

    @Test
    void givenAKeyOlderThanTheLog_whenTheUserComesAgain_thenItIsNotKept() {
        var old = track("ada", 0);
        var from = START.plus(topics.retention()).plus(KeptKeys.SEGMENT).plus(LENGTH.multipliedBy(2));
        epochs = epochs.with(new LiveEpoch("epoch-9", new Epoch(from, from.plus(LENGTH)), new byte[32]));
        track("ada", from);
        end(0);

        assertThatThrownBy(() -> opened(old)).isInstanceOf(ErasedException.class);
        assertThat(kept()).hasSize(1);
    }

    /** What the log says of an authenticator's contact goes with the user's key; the store has it under the keyset. */
    @Test
    void givenAContact_whenItsUserIsDeleted_thenTheLogsIsErasedAndTheStoreHasNone() {
        track("ada", 0);
        var change = bind("ada", "authenticator-1", 0);
        var outward = Sealed.of(change.getAuthenticator().getSealedContact()).bytes();
        var place = new String[] {"contact", "acme", "ada", "authenticator-1"};
        assertThat(sealing.open(outward, place)).isEqualTo(ADDRESS.getBytes(UTF_8));
        assertThat(Sealing.isPersonal(outward)).isTrue();
        var inward = user("ada").getAuthenticators().get(0).getAuthenticator().getSealedContact();
        assertThat(Sealing.isPersonal(Sealed.of(inward).bytes())).isFalse();

        delete("ada", 0);
        end(0);

        assertThatThrownBy(() -> sealing.with(keptKeys()).open(outward, place)).isInstanceOf(ErasedException.class);
        assertThat(user("ada").getAnswers())
                .as("to be told again, as it was told")
                .extracting(answer -> Optional.ofNullable(answer.getUserChange().getAuthenticator())
                        .map(told -> Sealed.of(told.getSealedContact())))
                .contains(Optional.of(new Sealed(outward)));
    }

    @Test
    void givenASealOfAnotherTimeThanItsEvents_whenItComes_thenItIsADeadLetter() {
        var event = event("ada", START);
        event.setSealedAttributes(sealed(event, START.plus(LENGTH)));
        pipe(topics.trackEvents, "ada", event);

        assertThat(driver.createOutputTopic(
                                topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(1);
    }

    /** As the event is on the log, opened with what is left. */
    private String opened(TrackEvent event) {
        var bytes = Sealed.of(event.getSealedAttributes()).bytes();
        return attributes
                .fromBytes(sealing.with(keptKeys()).open(bytes, "track", "acme", event.getUserId(), event.getEventId()))
                .getEmail();
    }

    private PersonalKeys keptKeys() {
        return new PersonalKeys() {
            @Override
            public Optional<Epoch> at(String tenantId, String userId, Instant at) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> key(String tenantId, String userId, int epoch) {
                var id = Integer.toUnsignedString(epoch);
                PersonalKey kept = driver.<String, PersonalKey>getKeyValueStore(RulesTopology.PERSONAL_KEY)
                        .get(tenantId + "/" + userId + "\0" + id);
                if (kept == null || kept.getSealedKey() == null) return live.key(tenantId, userId, epoch);
                var sealed = Sealed.of(kept.getSealedKey()).bytes();
                return Optional.of(sealing.open(sealed, "personal-key", tenantId, userId, id));
            }
        };
    }

    private List<String> kept() {
        var all = new ArrayList<String>();
        try (var each = driver.<String, PersonalKey>getKeyValueStore(RulesTopology.PERSONAL_KEY)
                .all()) {
            each.forEachRemaining(entry -> all.add(entry.key));
        }
        return all;
    }

    private User user(String userId) {
        return driver.<String, User>getKeyValueStore(RulesTopology.USER).get("acme/" + userId);
    }

    private void end(int epoch) {
        epochs = epochs.without("epoch-" + epoch);
    }

    private TrackEvent track(String userId, int epoch) {
        return track(userId, START.plus(LENGTH.multipliedBy(epoch)).plusSeconds(600));
    }

    private TrackEvent track(String userId, Instant at) {
        var event = event(userId, at);
        event.setSealedAttributes(sealed(event, at));
        pipe(topics.trackEvents, userId, event);
        return event;
    }

    private ByteBuffer sealed(TrackEvent event, Instant at) {
        var told = TrackAttributes.newBuilder().setEmail(ADDRESS).build();
        return ByteBuffer.wrap(
                sealing.sealFor(at, attributes.toBytes(told), "track", "acme", event.getUserId(), event.getEventId()));
    }

    private int events;

    private TrackEvent event(String userId, Instant at) {
        events++;
        return TrackEvent.newBuilder()
                .setEventId("event-" + events)
                .setTenantId("acme")
                .setUserId(userId)
                .setActionCode("signIn")
                .setIdempotencyKey("key-" + events)
                .setReceivedAt(at)
                .build();
    }

    private UserCommand delete(String userId, int epoch) {
        var deletion = command(
                userId,
                UserCommandKind.DELETE_USER,
                START.plus(LENGTH.multipliedBy(epoch)).plusSeconds(600));
        pipe(topics.userCommands, userId, deletion);
        return deletion;
    }

    private sluice.schemas.UserChange bind(String userId, String authenticatorId, int epoch) {
        var at = START.plus(LENGTH.multipliedBy(epoch)).plusSeconds(600);
        var command = command(userId, UserCommandKind.ADD_AUTHENTICATOR, at);
        var sealed = sealing.sealFor(at, ADDRESS.getBytes(UTF_8), "contact", "acme", userId, authenticatorId);
        command.setAddAuthenticator(new AddAuthenticator(
                authenticatorId, VerificationMethod.EMAIL_OTP, ByteBuffer.wrap(sealed), null, null));
        pipe(topics.userCommands, userId, command);
        var changes = driver.createOutputTopic(
                        topics.userChanges.name(),
                        new StringDeserializer(),
                        topics.userChanges.value().deserializer())
                .readValuesToList();
        return changes.get(changes.size() - 1);
    }

    private UserCommand command(String userId, UserCommandKind kind, Instant at) {
        events++;
        return UserCommand.newBuilder()
                .setEventId("event-" + events)
                .setTenantId("acme")
                .setUserId(userId)
                .setReceivedAt(at)
                .setKind(kind)
                .build();
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, String userId, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), topic.value().serializer())
                .pipeInput(new TestRecord<>("acme/" + userId, value, START));
    }
}
