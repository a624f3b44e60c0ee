package sluice.challenge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.challenge.domain.aggregate.WindowSize;
import sluice.challenge.testkit.Driver;
import sluice.runtime.query.Ownership;
import sluice.schemas.ActionState;
import sluice.schemas.AggregateQuery;
import sluice.schemas.AggregateWindow;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.OutcomeAggregates;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

class AggregatesTopologyTest {
    private static final Path PICTURE = Path.of("src/test/resources/aggregates-topology.txt");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Topics TOPICS = new Topics("sluice.", 4, Duration.ofDays(1), ReleasedSchemas.load());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Topology topology;

    @SuppressWarnings("NullAway.Init")
    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init")
    private TestInputTopic<String, ChallengeTransition> input;

    @BeforeEach
    void start() {
        Properties properties = Driver.properties(folder);
        topology = new AggregatesTopology(TOPICS, properties, Ownership.UNASKED).get();
        driver = new TopologyTestDriver(topology, properties, NOON);
        input = driver.createInputTopic(
                TOPICS.challengeTransitions.name(),
                Serdes.String().serializer(),
                TOPICS.challengeTransitions.value().serializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenDeployedState_whenTheTopologyIsBuilt_thenItIsTheOneThatWasThoughtAbout() throws IOException {
        var picture = topology.describe().toString();
        if (Boolean.getBoolean("topology.update")) Files.writeString(PICTURE, picture, UTF_8);

        assertThat(picture).isEqualTo(Files.readString(PICTURE, UTF_8));
    }

    @Test
    void givenAChallengeThatIsMet_whenCounted_thenEachWindowHasBothTransitionsAndTheTimeItTook() {
        pipe(decided("a", NOON, ActionState.CHALLENGE_REQUIRED));
        pipe(verified("b", NOON.plusSeconds(14), 14_200));

        for (var window : List.of(AggregateWindow.MINUTE, AggregateWindow.HOUR, AggregateWindow.DAY)) {
            var counted = ask(window);
            assertThat(counted).hasSize(2);
            var met = counted.get(1);
            assertThat(met.getState()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
            assertThat(met.getRuleId()).isEqualTo("rule-1");
            assertThat(met.getVerificationMethod()).isEqualTo(VerificationMethod.AUTHENTICATOR_APP);
            assertThat(met.getLatencyMillisSum()).isEqualTo(14_200);
            assertThat(met.getLatencyCounts()).containsExactly(0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L);
            assertThat(counted.get(0).getLatencyCounts()).isEmpty();
        }
    }

    @Test
    void givenATransitionThatWasWrittenTwice_whenCounted_thenItCountsOnce() {
        pipe(decided("a", NOON, ActionState.ALLOW));
        pipe(decided("b", NOON, ActionState.ALLOW));
        pipe(decided("a", NOON, ActionState.ALLOW));

        assertThat(ask(AggregateWindow.HOUR))
                .singleElement()
                .extracting(OutcomeAggregate::getCount)
                .isEqualTo(2L);
    }

    @Test
    void givenLateOnes_whenCounted_thenTheyAreInTheirOwnWindowUntilTheGraceIsOver() {
        input.pipeInput("acme/ada", decided("late", NOON.minus(Duration.ofHours(20)), ActionState.ALLOW), NOON);
        input.pipeInput("acme/ada", decided("too late", NOON.minus(Duration.ofDays(3)), ActionState.ALLOW), NOON);
        input.pipeInput("acme/ada", decided("ahead", NOON.plus(Duration.ofDays(3)), ActionState.ALLOW), NOON);

        assertThat(ask(AggregateWindow.HOUR))
                .singleElement()
                .extracting(OutcomeAggregate::getStart)
                .isEqualTo(NOON.minus(Duration.ofHours(20)));
    }

    @Test
    void givenManyChanges_whenASecondIsOver_thenTheNewestOfEachIsTold() {
        for (var i = 0; i < 50; i++) pipe(decided("event-" + i, NOON, ActionState.ALLOW));

        driver.advanceWallClockTime(AggregateProcessor.TELL);

        var told = driver.createOutputTopic(
                        TOPICS.aggregates.name(),
                        Serdes.String().deserializer(),
                        TOPICS.aggregates.value().deserializer())
                .readKeyValuesToList();
        assertThat(told).hasSize(3).allSatisfy(each -> assertThat(each.value.getCount())
                .isEqualTo(50));
        assertThat(told.get(0).key).isEqualTo("acme/MINUTE/" + NOON.toEpochMilli() + "/0/pay/ALLOW/DECIDED/rule-1/");
    }

    @Test
    void givenWhatNobodyAsksAbout_whenSwept_thenItIsGone() {
        pipe(decided("old", NOON, ActionState.ALLOW));
        var later = NOON.plus(Duration.ofDays(10));
        driver.advanceWallClockTime(Duration.ofDays(10));
        input.pipeInput("acme/ada", decided("new", later, ActionState.ALLOW), later);
        driver.advanceWallClockTime(AggregateProcessor.SWEEP);

        assertThat(ask(AggregateWindow.MINUTE)).hasSize(1);
        assertThat(ask(AggregateWindow.HOUR)).hasSize(2);
    }

    /** After a crash the log is read again from the last commit, while stores may have more. */
    @Test
    void givenRecordsThatCameBeforeACrash_whenTheyComeAgain_thenNothingIsCountedTwice() {
        var context = new MockProcessorContext<String, OutcomeAggregate>();
        var aggregates = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(AggregatesTopology.AGGREGATE),
                        Serdes.String(),
                        new AvroSerde<>(OutcomeAggregate.class, TOPICS.schemaIds()))
                .withLoggingDisabled()
                .build();
        var seen = Stores.windowStoreBuilder(
                        Stores.inMemoryWindowStore(
                                AggregatesTopology.SEEN, Duration.ofDays(2), Duration.ofMillis(1), false),
                        Serdes.String(),
                        Serdes.Long())
                .withLoggingDisabled()
                .build();
        aggregates.init(context.getStateStoreContext(), aggregates);
        seen.init(context.getStateStoreContext(), seen);
        for (var committed : List.of(0, 4, 8)) { // each time another life of the task
            var processor = new AggregateProcessor(Ownership.UNASKED);
            processor.init(context);
            for (var offset = committed; offset < 10; offset++) {
                context.setRecordMetadata(TOPICS.challengeTransitions.name(), 0, offset);
                var transition = decided("event-" + offset % 9, NOON, ActionState.ALLOW); // the last is the first again
                processor.process(new Record<>("acme/ada", transition, NOON.toEpochMilli()));
            }
        }

        var key = AggregateKey.of(decided("any", NOON, ActionState.ALLOW), WindowSize.DAY);
        assertThat(aggregates.get(key).getCount()).isEqualTo(9);
    }

    /** Any transitions in any order, some twice, some late, counted one by one beside a count of the whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenAnyLog_whenCounted_thenTheWindowsAreWhatACountOfTheWholeGives(long seed) {
        var random = new Random(seed);
        var counted = new HashMap<String, Long>();
        var ids = new HashSet<String>();
        var log = new ArrayList<ChallengeTransition>();
        for (var i = 0; i < 400; i++) {
            var at = NOON.minusSeconds(random.nextInt(6 * 3600));
            var transition = random.nextBoolean()
                    ? decided(
                            "event-" + random.nextInt(300),
                            at,
                            random.nextBoolean() ? ActionState.ALLOW : ActionState.BLOCK)
                    : verified("event-" + random.nextInt(300), at, random.nextInt(700_000));
            log.add(transition);
            pipe(transition);
        }
        for (var transition : log) {
            if (!ids.add(transition.getEventId())) continue;
            var hour = transition.getTransitionedAt().toEpochMilli() / 3_600_000;
            counted.merge(hour + " " + transition.getTo(), 1L, Long::sum);
        }

        Map<String, Long> found = new HashMap<>();
        for (var each : ask(AggregateWindow.HOUR)) {
            found.merge(each.getStart().toEpochMilli() / 3_600_000 + " " + each.getState(), each.getCount(), Long::sum);
            assertThat(each.getLatencyCounts().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(each.getLatencyCounts().isEmpty() ? 0 : each.getCount());
        }
        assertThat(found).as("seed %d", seed).isEqualTo(counted);
    }

    private void pipe(ChallengeTransition transition) {
        input.pipeInput("acme/ada", transition, NOON);
    }

    private List<OutcomeAggregate> ask(AggregateWindow window) {
        var query = new AvroSerde<>(AggregateQuery.class, TOPICS.schemaIds());
        var answer = new AvroSerde<>(OutcomeAggregates.class, TOPICS.schemaIds());
        var asked = new AggregatesQuery(
                partition -> driver.getKeyValueStore(AggregatesTopology.AGGREGATE), TOPICS.schemaIds());
        return answer.fromBytes(asked.answer(
                        0,
                        query.toBytes(new AggregateQuery(
                                "acme", window, Instant.EPOCH, NOON.plus(Duration.ofDays(100)), null))))
                .getAggregates();
    }

    private static ChallengeTransition decided(String eventId, Instant at, ActionState state) {
        return transition(eventId, at)
                .setTo(state)
                .setReason(TransitionReason.DECIDED)
                .setLatencyMillis(0)
                .build();
    }

    private static ChallengeTransition verified(String eventId, Instant at, long latencyMillis) {
        return transition(eventId, at)
                .setFrom(ActionState.CHALLENGE_REQUIRED)
                .setTo(ActionState.CHALLENGE_SUCCEEDED)
                .setReason(TransitionReason.VERIFIED)
                .setVerificationMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setLatencyMillis(latencyMillis)
                .build();
    }

    private static ChallengeTransition.Builder transition(String eventId, Instant at) {
        return ChallengeTransition.newBuilder()
                .setEventId(eventId)
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("pay")
                .setIdempotencyKey("key")
                .setTransitionedAt(at)
                .setRuleIds(List.of("rule-1", "rule-2"))
                .setConfigurationVersion(1)
                .setAttempt(1);
    }
}
