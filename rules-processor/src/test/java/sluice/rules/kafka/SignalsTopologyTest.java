package sluice.rules.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Outcome;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.seal.Blinding;
import sluice.runtime.settings.Settings;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.Count;
import sluice.schemas.ObservationKind;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalKind;
import sluice.schemas.SignalObservation;
import sluice.schemas.id.DerivedId;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

class SignalsTopologyTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ADDRESS = "192.0.2.1";
    private static final Path GOLDEN = Path.of("src/test/resources/signals-topology.txt");

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private SignalKeys keys;
    private Topology topology;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() throws IOException {
        keys = new SignalKeys(Blinding.open(folder));
        var streams = new KafkaProperties(NodeSettings.from(new Settings(Map.of())))
                .streams("sluice.signals", "member", folder.resolve("state"), topics.deadLetters());
        topology = new SignalsTopology(topics, streams, keys).get();
        driver = new TopologyTestDriver(topology, streams, AT);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private KeyValue<String, SignalObservation> observation(
            String tenantId, String userId, ObservationKind kind, Instant at) {
        var cause = new Cause(userId + "-" + at, tenantId, userId, at, Optional.empty());
        var eventId = DerivedId.of(cause.eventId(), kind.name());
        return new ObservationMapper(keys)
                .toAvro(new Outcome.Observed(eventId, cause, SignalKind.ADDRESS, ADDRESS, kind));
    }

    private void pipe(KeyValue<String, SignalObservation> observation) {
        driver.createInputTopic(
                        topics.signalObservations.name(),
                        new StringSerializer(),
                        topics.signalObservations.value().serializer())
                .pipeInput(observation.key, observation.value);
    }

    private void seen(String userId, Instant at) {
        pipe(observation("acme", userId, ObservationKind.USER, at));
    }

    private List<KeyValue<String, SignalCounts>> told() {
        return driver.createOutputTopic(
                        topics.signals.name(),
                        new StringDeserializer(),
                        topics.signals.value().deserializer())
                .readKeyValuesToList();
    }

    private KeyValueStore<String, sluice.schemas.Signal> store() {
        return driver.getKeyValueStore(SignalsTopology.SIGNAL);
    }

    /** A changed topology may lose deployed state: think of it, then put the new text into the file. */
    @Test
    void givenTheDeployedTopology_whenDescribed_thenItHasNotChangedUnintentionally() throws IOException {
        assertThat(topology.describe().toString().strip())
                .isEqualTo(Files.readString(GOLDEN).strip());
    }

    @Test
    void givenUsersOfOneAddress_whenTheyAreSeen_thenItIsToldFromTheSecondOn() {
        seen("ada", AT);
        assertThat(told()).isEmpty();
        seen("eve", AT.plusSeconds(1));
        seen("bob", AT.plusSeconds(61));

        var told = told();

        assertThat(told).extracting(each -> each.key).containsOnly(keys.of("acme", SignalKind.ADDRESS, ADDRESS));
        var minute = AT.getEpochSecond() / 60;
        assertThat(told.get(1).value.getUsersByMinute())
                .containsExactly(new Count(minute, 2L), new Count(minute + 1, 1L));
        assertThat(told.get(1).value.getUsersByHour()).containsExactly(new Count(minute / 60, 3L));
        assertThat(told.get(1).value.getCountedAt()).isEqualTo(AT.plusSeconds(61));
        assertThat(told.get(1).value.getKeyCheck()).isEqualTo(keys.keyCheck());
    }

    @Test
    void givenAFailure_whenItIsObserved_thenItIsToldThoughItsUserIsTheOnlyOne() {
        seen("ada", AT);
        pipe(observation("acme", "ada", ObservationKind.FAILURE, AT));
        pipe(observation("acme", "ada", ObservationKind.FAILED_CHALLENGE, AT));

        var told = told();
        assertThat(told.get(0).value.getFailuresByHour())
                .extracting(Count::getCount)
                .containsExactly(1L);
        assertThat(told.get(0).value.getFailedChallengesByHour()).isEmpty();
        assertThat(told.get(1).value.getFailedChallengesByHour())
                .extracting(Count::getCount)
                .containsExactly(1L);
        assertThat(told.get(1).value.getFailedChallengesByMinute()).hasSize(1);
    }

    /** P2: the redelivery after a crash. */
    @Test
    void givenObservations_whenTheyComeAgain_thenNothingIsPutOrTold() {
        seen("ada", AT);
        seen("eve", AT);
        pipe(observation("acme", "eve", ObservationKind.FAILURE, AT));
        var before = store().get(keys.of("acme", SignalKind.ADDRESS, ADDRESS));
        told();

        seen("ada", AT);
        pipe(observation("acme", "eve", ObservationKind.FAILURE, AT));

        assertThat(told()).isEmpty();
        assertThat(store().get(keys.of("acme", SignalKind.ADDRESS, ADDRESS))).isEqualTo(before);
    }

    /** E1: two tenants with users behind one address. */
    @Test
    void givenTwoTenants_whenTheirUsersShareAnAddress_thenNeitherHearsOfTheOthers() {
        seen("ada", AT);
        pipe(observation("globex", "eve", ObservationKind.USER, AT));

        assertThat(told()).isEmpty();
        assertThat(keys.of("acme", SignalKind.ADDRESS, ADDRESS))
                .isNotEqualTo(keys.of("globex", SignalKind.ADDRESS, ADDRESS));
    }

    /** E11. */
    @Test
    void givenAnObservation_whenItIsWritten_thenNeitherItNorItsKeyTellsTheAddressOrTheUser() {
        var observation = observation("acme", "ada-lovelace", ObservationKind.USER, AT);

        assertThat(observation.toString()).doesNotContain(ADDRESS, "ada-lovelace");
    }

    @Test
    void givenWhatNoWindowReachesAnyMore_whenOthersAreSeen_thenItLeavesTheStore() {
        seen("ada", AT);
        driver.advanceWallClockTime(Duration.ofDays(2));
        assertThat(store().approximateNumEntries())
                .as("no event says that time has passed")
                .isOne();

        pipe(observation("globex", "eve", ObservationKind.USER, AT.plus(Duration.ofDays(2))));
        driver.advanceWallClockTime(SignalProcessor.SWEEP);

        assertThat(store().get(keys.of("acme", SignalKind.ADDRESS, ADDRESS))).isNull();
        assertThat(store().get(keys.of("globex", SignalKind.ADDRESS, ADDRESS))).isNotNull();
    }

    /** A platform whose clock is wrong wrote it. */
    @Test
    void givenAnEventOfTheFuture_whenItIsObserved_thenNothingIsForgottenBeforeItsTime() {
        seen("ada", AT);
        pipe(observation("globex", "eve", ObservationKind.USER, AT.plus(Duration.ofDays(999))));
        driver.advanceWallClockTime(SignalProcessor.SWEEP);

        assertThat(store().get(keys.of("acme", SignalKind.ADDRESS, ADDRESS))).isNotNull();
    }

    @Test
    void givenWhatIsNoObservation_whenItComes_thenItIsADeadLetterAndThePartitionGoesOn() {
        var unknown = observation("acme", "ada", ObservationKind.USER, AT);
        unknown.value.setKind(ObservationKind.UNKNOWN);
        pipe(unknown);
        seen("ada", AT);
        seen("eve", AT);

        assertThat(driver.createOutputTopic(
                                topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(1);
        assertThat(told()).hasSize(1);
    }
}
