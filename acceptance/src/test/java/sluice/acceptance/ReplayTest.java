package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.CommandLine;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.ActionState;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.TransitionReason;

/** The command as an operator runs it, on the log that real flows have left. */
@ExtendWith(KafkaBroker.class)
class ReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "192.0.2.1";

    @TempDir
    private Path folder;

    @TempDir
    private Path desk;

    @TempDir
    private Path elsewhere;

    @Test
    void givenRealFlows_whenReplayed_thenTheRecordedOutcomesComeAgainAndAnEarlierMomentIsAsItWas(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var ada = Person.enrolled(sluice.api(0));
            largeIsChallenged(sluice);
            pay(sluice, ada.userId(), 10);
            var token = pay(sluice, ada.userId(), 5000);
            sluice.api(0).verify(token, "000000");
            var between = Instant.now();
            Thread.sleep(5); // the next event is of a later millisecond
            assertThat(sluice.api(0).verify(token, ada.code(0)).text("isVerified"))
                    .isEqualTo("true");
            sluice.api(0).backend("PATCH", "/users/" + ada.userId(), Map.of("email", "ada@example.com"));
            sluice.api(0).backend("POST", "/users/" + ada.userId() + "/email-otp", Map.of());
            var groups = sluice.node().admin().listGroups().all().get();

            var now = replay(sluice.environment(), "--user", ada.userId());
            assertThat(now.path("record").path("differences").toString())
                    .as("P3: what is replayed is what was recorded, field by field")
                    .isEqualTo("[]");
            assertThat(now.path("record").path("compared").asInt())
                    .isEqualTo(recordedOutcomes(sluice, ada.userId()))
                    .isGreaterThan(9);
            assertThat(now.path("unreadable").asInt()).isZero();
            assertThat(state(now, 2)).isEqualTo("CHALLENGE_SUCCEEDED");
            assertThat(now.path("user").path("profile").path("email").asText()).isEqualTo("ada@example.com");
            assertThat(now.toString()).doesNotContain(ada.secret()).doesNotContain("000000");

            var then = replay(sluice.environment(), "--user", ada.userId(), "--until", between.toString());
            assertThat(state(then, 2)).isEqualTo("CHALLENGE_REQUIRED");
            assertThat(then.path("user").path("failures").asInt()).isEqualTo(1);
            assertThat(then.path("user").path("profile").has("email")).isFalse();
            assertThat(then.path("record").path("differences").toString()).isEqualTo("[]");
            var rule = challenged(then).path("rules").get(0);
            assertThat(rule.path("name").asText()).isEqualTo("Large");
            assertThat(rule.path("isMatch").asBoolean()).isTrue();
            assertThat(rule.path("values").toString()).isEqualTo("{\"custom.amount\":5000.0}");

            var text = run(sluice.environment(), "--user", ada.userId(), "--until", between.toString());
            assertThat(text.out())
                    .contains("outcome = CHALLENGE")
                    .contains("(Large) matched: custom.amount = 5000.0")
                    .contains("result = REFUSED, cause = ")
                    .contains("from = CHALLENGE_REQUIRED", "nothing differs");

            assertThat(sluice.node().admin().listGroups().all().get()).hasSameSizeAs(groups);
        }
    }

    @Test
    void givenNoKeyset_whenReplayed_thenTheOutcomesAreShownAndNothingThatIsSealed(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            largeIsChallenged(sluice);
            pay(sluice, "grace", 5000);

            var environment = new HashMap<>(sluice.environment());
            environment.put("SLUICE_DATA_DIR", elsewhere.toString());
            var replay = replay(environment, "--user", "grace");

            assertThat(replay.path("isRebuilt").asBoolean()).isFalse();
            assertThat(state(replay, 0)).isEqualTo("CHALLENGE_REQUIRED");
            assertThat(challenged(replay).path("ruleIds")).hasSize(1);
            assertThat(challenged(replay).has("rules")).isFalse();
            assertThat(replay.path("record").path("differences").toString()).isEqualTo("[]");
            assertThat(replay.toString()).doesNotContain("5000");
        }
    }

    @Test
    void givenATransitionThatNobodyMade_whenReplayed_thenItIsTold(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            largeIsChallenged(sluice);
            pay(sluice, "mallory", 5000);
            forge(sluice);

            var difference = replay(sluice.environment(), "--user", "mallory")
                    .path("record")
                    .path("differences");

            assertThat(difference).hasSize(1);
            assertThat(difference.get(0).path("kind").asText()).isEqualTo("NOT_REBUILT");
            assertThat(difference.get(0).path("eventId").asText()).isEqualTo("forged");
        }
    }

    @Test
    void givenWrongArguments_whenReplayed_thenTheStatusSaysSo(Bootstrap kafka) throws Exception {
        var none = run(Map.of(), "--until", "2026-01-31");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("replay: --user is missing.");
        var slip = run(Map.of(), "--user", "ada", "--until", "yesterday");
        assertThat(slip.status()).isEqualTo(2);
        assertThat(slip.err()).contains("replay: --until: expected a day (UTC)");
    }

    private static void largeIsChallenged(Sluice sluice) {
        var management = new Management(sluice.api(0));
        management.post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
        management.post("/action-configurations", "{'actionCode':'pay','defaultUserActionResult':'ALLOW'}");
        management.post(
                "/action-configurations/pay/rules",
                "{'name':'Large','isActive':true,'priority':0,'type':'CHALLENGE',"
                        + "'conditions':{'>':[{'var':'custom.amount'},1000]}}");
    }

    private static String pay(Sluice sluice, String userId, int amount) {
        return sluice.api(0)
                .track(userId, "pay", Map.of("ipAddress", ADDRESS, "custom", Map.of("amount", amount)))
                .text("token");
    }

    private static void forge(Sluice sluice) throws Exception {
        var topic = sluice.topics().challengeTransitions;
        var forged = ChallengeTransition.newBuilder()
                .setEventId("forged")
                .setCauseId(UUID.randomUUID().toString())
                .setTenantId(Sluice.TENANT)
                .setUserId("mallory")
                .setActionCode("pay")
                .setIdempotencyKey("whatever")
                .setFrom(ActionState.CHALLENGE_REQUIRED)
                .setTo(ActionState.CHALLENGE_SUCCEEDED)
                .setTransitionedAt(Instant.now())
                .setReason(TransitionReason.VERIFIED)
                .setConfigurationVersion(1)
                .setAttempt(1)
                .setLatencyMillis(0)
                .build();
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                topic.value().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), Sluice.TENANT + "/mallory", forged))
                    .get();
        }
    }

    private static int recordedOutcomes(Sluice sluice, String userId) {
        var topics = sluice.topics();
        return List.of(topics.decisions, topics.verifications, topics.userChanges, topics.challengeTransitions).stream()
                .mapToInt(topic -> (int) Outcomes.of(sluice.node().kafka().client(), topic.name()).stream()
                        .filter(read -> read.key().equals(Sluice.TENANT + "/" + userId))
                        .count())
                .sum();
    }

    private static String state(JsonNode replay, int action) {
        return replay.path("actions").path(action).path("state").asText();
    }

    private static JsonNode challenged(JsonNode replay) {
        for (var event : replay.path("events")) {
            if (event.path("decision").path("outcome").asText().equals("CHALLENGE")
                    && event.path("decision").path("actionCode").asText().equals("pay")) return event.path("decision");
        }
        throw new AssertionError("No challenge in " + replay);
    }

    private JsonNode replay(Map<String, String> environment, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        var ran = run(environment, all.toArray(String[]::new));
        assertThat(ran.status()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    private CommandLine.Ran run(Map<String, String> environment, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        return CommandLine.run(environment, desk, "sluice.deploy.Launcher", all.toArray(String[]::new));
    }
}
