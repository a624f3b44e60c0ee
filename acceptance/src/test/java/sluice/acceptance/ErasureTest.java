package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.LeftOpen;
import sluice.acceptance.testkit.Sluice;
import sluice.rules.backtest.Backtest;
import sluice.rules.backtest.Plan;
import sluice.rules.backtest.domain.Deviation;
import sluice.rules.backtest.domain.Period;
import sluice.rules.replay.UserReplay;

/** E11, design section 7: who is deleted is unreadable, on the oldest segment of the log too, and comes back as somebody new. */
@ExtendWith(KafkaBroker.class)
class ErasureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ACTION = "signIn";

    /** What is told of a user, each by another way, and all of it at the end of these. */
    private static final List<String> TOLD =
            List.of(".tracked@example.com", ".address.example", ".profile@example.com", ".custom", ".shown", ".phone");

    @TempDir
    private Path folder;

    private Sluice sluice;

    @BeforeEach
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).with("SLUICE_ERASURE_EPOCH", "PT4S").start();
        var read = Map.of("cat", List.of(Map.of("var", "device.id"), Map.of("var", "user.email")));
        var rule = Map.of(
                "name",
                "Reads",
                "isActive",
                true,
                "priority",
                0,
                "type",
                "CHALLENGE",
                "conditions",
                Map.of("!!", read));
        var answer = sluice.api(0).management("POST", "/action-configurations/" + ACTION + "/rules", rule);
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
    }

    @AfterEach
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void givenADeletedUser_whenTheEpochsKeysAreGone_thenNothingTheyToldOpens_andTheyComeBackAsNew() throws Exception {
        tell("ada");
        tell("bob");
        awaitTheEndOfThisEpoch();
        assertThat(told("ada", LeftOpen.of(sluice.node())))
                .as("with the key that is kept for the user")
                .containsAll(TOLD);
        assertThat(explained("ada")).contains("ada.tracked@example.com");

        assertThat(sluice.api(0).backend("DELETE", "/users/ada", Map.of()).status())
                .isEqualTo(200);
        sluice.api(0).track("ada", ACTION, Map.of("email", "again@example.com"));
        awaitTheEndOfThisEpoch();

        var open = LeftOpen.of(sluice.node());
        assertThat(told("ada", open)).isEmpty();
        assertThat(explained("ada")).doesNotContain("ada.");
        assertThat(told("bob", open)).containsAll(TOLD);
        var ada = sluice.api(0).backend("GET", "/users/ada", Map.of());
        assertThat(ada.text("email")).isEqualTo("again@example.com");
        assertThat(ada.body().path("isEnrolled").asBoolean()).isFalse();
        assertThat(ada.body().toString()).doesNotContain("ada.");
        assertThat(sluice.api(0)
                        .backend("GET", "/users/ada/authenticators", Map.of())
                        .body())
                .isEmpty();
        readersStepOver();
        removedRecordsLeaveTheDisks();
    }

    /** Each in a way of its own: with a track call, in the explanation of its decision, as a profile, as an authenticator. */
    private void tell(String userId) {
        var api = sluice.api(0);
        var custom = Map.of("note", userId + ".custom");
        var tracked = api.track(
                userId,
                ACTION,
                Map.of(
                        "idempotencyKey",
                        "told",
                        "email",
                        userId + ".tracked@example.com",
                        "deviceId",
                        userId + ".address.example",
                        "ipAddress",
                        "203.0.113.199",
                        "custom",
                        custom));
        assertThat(tracked.status()).as(String.valueOf(tracked.body())).isEqualTo(200);
        var profile =
                Map.<String, Object>of("email", userId + ".profile@example.com", "displayName", userId + ".shown");
        assertThat(api.backend("PATCH", "/users/" + userId, profile).status()).isEqualTo(200);
        var contact = Map.<String, Object>of("verificationMethod", "SMS", "phoneNumber", userId + ".phone");
        assertThat(api.backend("POST", "/users/" + userId + "/authenticators", contact)
                        .status())
                .isEqualTo(200);
    }

    /** What the API says that rules have read of the user. */
    private String explained(String userId) {
        var path = "/users/" + userId + "/actions/" + ACTION + "/told";
        var answer = sluice.api(0).backend("GET", path, Map.of());
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("output").toString();
    }

    /** Which of what was told of the user opens somewhere. */
    private static List<String> told(String userId, Map<String, List<String>> open) {
        var ofUser = open.getOrDefault(Sluice.TENANT + "/" + userId, List.of());
        return TOLD.stream()
                .filter(each -> ofUser.stream().anyMatch(text -> text.contains(userId + each)))
                .toList();
    }

    /** Until the key of the epoch of now is removed. */
    private void awaitTheEndOfThisEpoch() throws Exception {
        var now = Instant.now();
        var keys = sluice.node().epochKeys();
        Awaitility.await().atMost(PATIENCE).until(() -> keys.live().counting().stream()
                .allMatch(each -> each.epoch().from().isAfter(now)));
    }

    /** By the broker's cleaner, which bounds how long a record that was removed or replaced stays. */
    private void removedRecordsLeaveTheDisks() throws Exception {
        var prefix = sluice.topics().prefix();
        var wanted = Map.of(
                "epoch-keys", Duration.ofHours(1),
                "rules-processor-personal-key-changelog", Duration.ofDays(1),
                "rules-processor-user-changelog", Duration.ofDays(1),
                "challenge-service-action-changelog", Duration.ofDays(1));
        for (var topic : wanted.entrySet()) {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, prefix + topic.getKey());
            assertThat(sluice.node()
                            .admin()
                            .describeConfigs(List.of(resource))
                            .all()
                            .get()
                            .values())
                    .as(topic.getKey())
                    .allSatisfy(config -> assertThat(config.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG)
                                    .value())
                            .isEqualTo(String.valueOf(topic.getValue().toMillis())));
        }
    }

    private void readersStepOver() {
        var node = sluice.node();
        var replay = new UserReplay(node.topics(), node.kafka(), node.sealing(), node.configuration());
        var ada = replay.run(Sluice.TENANT, "ada", Instant.now(), (more, share) -> {});
        assertThat(ada.erased()).isEqualTo(4);
        assertThat(ada.unreadable()).isZero();
        assertThat(ada.events()).as("the deletion, which nothing of is sealed").hasSize(1);
        var bob = replay.run(Sluice.TENANT, "bob", Instant.now(), (more, share) -> {});
        assertThat(bob.erased()).isZero();
        assertThat(bob.events()).hasSize(3);

        var plan = new Plan(Sluice.TENANT, Map.of(), Period.ALL, 1, 1000, 10, false);
        var report = new Backtest(node.topics(), node.kafka(), node.sealing(), node.configuration())
                .run(plan, (more, part, share) -> {});
        assertThat(report.erased()).isEqualTo(4);
        assertThat(report.unreadable()).isZero();
        assertThat(report.record().samples()).extracting(Deviation::reason).doesNotContain(Deviation.Reason.UNKNOWN);
    }
}
