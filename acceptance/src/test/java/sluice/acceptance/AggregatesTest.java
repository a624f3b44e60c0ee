package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.CountedOutcomes;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.ActionState;
import sluice.schemas.AggregateWindow;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.TrackEvent;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.VerifyEvent;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topic;

/** Sluice's counts beside those of somebody who reads the outcome topics with a plain consumer and counts one by one. */
@ExtendWith(KafkaBroker.class)
class AggregatesTest {
    private static final long SEED = 7;
    private static final int EVENTS = 200;
    private static final List<String> ACTIONS = List.of("allow", "block", "review", "challenge");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<AggregateWindow, Duration> WINDOWS = Map.of(
            AggregateWindow.MINUTE, Duration.ofMinutes(1),
            AggregateWindow.HOUR, Duration.ofHours(1),
            AggregateWindow.DAY, Duration.ofDays(1));

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    private Path folder;

    /** A day's events in no order, some twice; challenges that are met, lapse, are exhausted and end in a lock-out. */
    @Test
    void givenADay_whenItsOutcomesAreCounted_thenTopicAndApiSayWhatACountOfTheWholeLogGives(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var management = new Management(sluice.api(0));
            for (var action : ACTIONS) {
                management.post(
                        "/action-configurations",
                        "{'actionCode':'%s','defaultUserActionResult':'%s'}"
                                .formatted(action, action.toUpperCase(Locale.ROOT)));
            }
            var person = Person.enrolled(sluice.api(0));
            meet(sluice, person, 0);
            meet(sluice, person, 1);
            publishADay(sluice);
            lockOut(sluice, person);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> {
                        var log = CountedOutcomes.once(read(sluice, sluice.topics().challengeTransitions));
                        assertThat(of(log, TransitionReason.DECIDED)).hasSize(EVENTS + 3 + 5);
                        assertThat(of(log, TransitionReason.VERIFIED)).hasSize(3);
                        assertThat(of(log, TransitionReason.EXPIRED)).hasSize(EVENTS / ACTIONS.size());
                        assertThat(of(log, TransitionReason.ATTEMPTS_EXHAUSTED)).hasSize(3);
                        assertThat(of(log, TransitionReason.LOCKED_OUT)).hasSize(2);
                        assertToldAs(sluice, log);
                    });
        }
    }

    private void assertToldAs(Sluice sluice, List<ChallengeTransition> log) {
        var newest = newest(sluice);
        WINDOWS.forEach((window, length) -> {
            var counted = CountedOutcomes.of(log, length);
            assertThat(CountedOutcomes.told(newest.stream()
                            .filter(each -> each.getWindow() == window)
                            .toList()))
                    .as("topic, %s", window)
                    .isEqualTo(counted);
            assertThat(CountedOutcomes.told(asked(sluice, window)))
                    .as("API, %s", window)
                    .isEqualTo(counted);
        });
        assertTotals(sluice, log, asked(sluice, AggregateWindow.DAY).path("totals"));
    }

    /** By the topics that came before the transitions, where they tell. */
    private void assertTotals(Sluice sluice, List<ChallengeTransition> log, JsonNode totals) {
        var decisions = read(sluice, sluice.topics().decisions).stream()
                .collect(Collectors.toMap(each -> each.getEventId(), each -> each.getState(), (a, b) -> a))
                .values();
        var challenged = decisions.stream()
                .filter(ActionState.CHALLENGE_REQUIRED::equals)
                .count();
        var met = of(log, TransitionReason.VERIFIED);
        var failed = log.stream()
                .filter(each -> each.getTo() == ActionState.CHALLENGE_FAILED)
                .count();
        var lockedOut = read(sluice, sluice.topics().verifications).stream()
                .filter(each -> each.getResult() == VerificationResult.LOCKED_OUT)
                .map(each -> each.getEventId())
                .distinct()
                .count();

        assertThat(totals.path("decisions").asLong()).isEqualTo(decisions.size());
        assertThat(totals.path("challenged").asLong()).isEqualTo(challenged);
        assertThat(totals.path("challengeRate").asDouble()).isEqualTo((double) challenged / decisions.size());
        assertThat(totals.path("succeeded").asLong()).isEqualTo(met.size());
        assertThat(totals.path("failed").asLong()).isEqualTo(failed);
        assertThat(totals.path("successRate").asDouble()).isEqualTo((double) met.size() / (met.size() + failed));
        assertThat(totals.path("lockedOut").asLong()).isEqualTo(lockedOut);
        assertThat(totals.path("timeToComplete").path("sumMillis").asLong())
                .isEqualTo(met.stream()
                        .mapToLong(ChallengeTransition::getLatencyMillis)
                        .sum());
    }

    private static void meet(Sluice sluice, Person person, int steps) {
        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
        assertThat(sluice.api(0).verify(token, person.code(steps)).text("isVerified"))
                .isEqualTo("true");
    }

    private void publishADay(Sluice sluice) {
        var random = new Random(SEED);
        var events = Stream.iterate(0, number -> number + 1)
                .limit(EVENTS)
                .map(number -> track(
                        "platform-" + number % 20,
                        ACTIONS.get(number % ACTIONS.size()),
                        "key-" + number,
                        now.minusSeconds(1200 + random.nextInt(20 * 3600))))
                .toList();
        publish(sluice, sluice.topics().trackEvents, events);
        publish(sluice, sluice.topics().trackEvents, events.subList(0, EVENTS / 10));
    }

    /** Twenty wrong codes in a row, five a challenge and ten in five minutes: the last one locks, and one more is not looked at (ADR 8). */
    private void lockOut(Sluice sluice, Person person) {
        for (var challenge = 0; challenge < 5; challenge++) {
            var key = "locking-" + challenge;
            var at = now.plusSeconds(600L * (1 + challenge));
            publish(sluice, sluice.topics().trackEvents, List.of(track(person.userId(), "signIn", key, at)));
            var transitions = sluice.topics().challengeTransitions;
            Awaitility.await().atMost(PATIENCE).until(() -> read(sluice, transitions).stream()
                    .anyMatch(each -> each.getIdempotencyKey().equals(key)));
            var wrong = Stream.iterate(1, attempt -> attempt + 1)
                    .limit(challenge == 4 ? 1 : 5)
                    .map(attempt -> wrong(sluice, person, key, at.plusSeconds(attempt)))
                    .toList();
            publish(sluice, sluice.topics().verifyEvents, wrong);
            Awaitility.await().atMost(PATIENCE).until(() -> read(sluice, transitions).stream()
                    .anyMatch(each ->
                            each.getIdempotencyKey().equals(key) && each.getTo() == ActionState.CHALLENGE_FAILED));
        }
    }

    private static TrackEvent track(String userId, String actionCode, String key, Instant at) {
        return TrackEvent.newBuilder()
                .setEventId("track-" + key)
                .setTenantId(Sluice.TENANT)
                .setUserId(userId)
                .setActionCode(actionCode)
                .setIdempotencyKey(key)
                .setReceivedAt(at)
                .build();
    }

    private static VerifyEvent wrong(Sluice sluice, Person person, String key, Instant at) {
        var eventId = "answer-" + key + "-" + at;
        var code = sluice.node()
                .sealing()
                .seal("no code".getBytes(UTF_8), "verify", Sluice.TENANT, person.userId(), eventId);
        return VerifyEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(Sluice.TENANT)
                .setUserId(person.userId())
                .setActionCode("signIn")
                .setIdempotencyKey(key)
                .setMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setSealedCode(ByteBuffer.wrap(code))
                .setReceivedAt(at)
                .build();
    }

    private static <V extends SpecificRecord> void publish(Sluice sluice, Topic<V> topic, List<V> events) {
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                topic.value().serializer())) {
            for (var event : events) {
                var userId =
                        (String) event.get(event.getSchema().getField("userId").pos());
                var unused =
                        producer.send(new ProducerRecord<>(topic.name(), UserKey.of(Sluice.TENANT, userId), event));
            }
        }
    }

    private static List<ChallengeTransition> of(Collection<ChallengeTransition> log, TransitionReason reason) {
        return log.stream().filter(each -> each.getReason() == reason).toList();
    }

    private static Collection<OutcomeAggregate> newest(Sluice sluice) {
        var newest = new HashMap<String, OutcomeAggregate>();
        var topic = sluice.topics().aggregates;
        for (var read : Outcomes.of(sluice.node().kafka().client(), topic.name())) {
            newest.put(read.key(), topic.value().fromBytes(read.value()));
        }
        return newest.values();
    }

    private static <V extends SpecificRecord> List<V> read(Sluice sluice, Topic<V> topic) {
        return Outcomes.of(sluice.node().kafka().client(), topic.name()).stream()
                .map(read -> topic.value().fromBytes(read.value()))
                .toList();
    }

    private JsonNode asked(Sluice sluice, AggregateWindow window) {
        var path = "/aggregates?window=%s&from=%s&to=%s"
                .formatted(window, now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(1)));
        var answer = new Management(sluice.api(0)).get(path);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }
}
