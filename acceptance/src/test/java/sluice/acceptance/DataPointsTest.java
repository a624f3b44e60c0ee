package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;

/** Rules on what users have been doing, and where: with made-up places for the networks of documentation. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataPointsTest {
    private static final Path DATABASES = Path.of("..", "track-service/src/test/resources/sluice/track/enrich");
    private static final Map<String, Object> IN_PARIS = Map.of("ipAddress", "192.0.2.7", "deviceId", "phone");
    private static final Map<String, Object> IN_TOKYO = Map.of("ipAddress", "2001:DB8:1:0::9", "deviceId", "laptop");

    @TempDir
    private static Path folder;

    private Sluice sluice;
    private Management management;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder)
                .with("SLUICE_PLACES_FILE", DATABASES.resolve("places.mmdb").toString())
                .with(
                        "SLUICE_ANONYMOUS_ADDRESSES_FILE",
                        DATABASES.resolve("anonymous.mmdb").toString())
                .start();
        management = new Management(sluice.api(0));
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void givenAUserWhoWasVerifiedInParis_whenTheyAreInTokyoAtOnce_thenTheJourneyIsImpossible() {
        var rule = rule("travel", "BLOCK", "{'var':'ip.isImpossibleTravel'}");
        var ada = Person.enrolled(sluice.api(0));
        var inParis = sluice.api(0).track(ada.userId(), "travel", IN_PARIS);
        assertThat(inParis.text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(seen(ada.userId(), inParis, "travel", rule)).isEqualTo("false {\"ip.isImpossibleTravel\":null}");
        assertThat(sluice.api(0).verify(inParis.text("token"), ada.code(0)).text("isVerified"))
                .isEqualTo("true");

        var inTokyo = sluice.api(0).track(ada.userId(), "travel", IN_TOKYO);
        var backInParis = sluice.api(0).track(ada.userId(), "travel", IN_PARIS);

        assertThat(inTokyo.text("state")).isEqualTo("BLOCK");
        assertThat(seen(ada.userId(), inTokyo, "travel", rule)).isEqualTo("true {\"ip.isImpossibleTravel\":true}");
        assertThat(backInParis.text("state")).isEqualTo("CHALLENGE_REQUIRED");
    }

    @Test
    void givenADevice_whenItsChallengeWasMet_thenItIsNotNewAnyMore() {
        var rule = rule("device", "ALLOW", "{'==':[{'var':'device.isNew'},false]}");
        var ada = Person.enrolled(sluice.api(0));
        var first = sluice.api(0).track(ada.userId(), "device", IN_PARIS);
        assertThat(first.text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(sluice.api(0).verify(first.text("token"), ada.code(0)).text("isVerified"))
                .isEqualTo("true");

        var again = sluice.api(0).track(ada.userId(), "device", IN_PARIS);
        var other = sluice.api(0).track(ada.userId(), "device", IN_TOKYO);

        assertThat(again.text("state")).isEqualTo("ALLOW");
        assertThat(seen(ada.userId(), again, "device", rule)).isEqualTo("true {\"device.isNew\":false}");
        assertThat(other.text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(seen(ada.userId(), other, "device", rule)).isEqualTo("false {\"device.isNew\":true}");
    }

    @Test
    void givenPayments_whenTheirSumIsTooLarge_thenTheOneThatMakesItSoIsBlocked() {
        management.post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
        var rule = rule("payment", "BLOCK", "{'>':[{'var':'custom.amount.sum.24h'},1000]}");
        var user = "user-" + UUID.randomUUID();

        assertThat(pay(user, 600, "first").text("state")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(pay(user, 600, "first").text("state")).isEqualTo("CHALLENGE_REQUIRED"); // a retry counts once
        assertThat(pay(user, 400, "second").text("state")).isEqualTo("CHALLENGE_REQUIRED");
        var third = pay(user, 1, "third");

        assertThat(third.text("state")).isEqualTo("BLOCK");
        assertThat(seen(user, third, "payment", rule)).isEqualTo("true {\"custom.amount.sum.24h\":1001}");
        assertThat(pay("user-" + UUID.randomUUID(), 1, "other").text("state")).isEqualTo("CHALLENGE_REQUIRED");
    }

    private Answer pay(String userId, int amount, String key) {
        var attributes = new HashMap<String, Object>(Map.of("custom", Map.of("amount", amount)));
        attributes.put("idempotencyKey", key);
        return sluice.api(0).track(userId, "payment", attributes);
    }

    private String rule(String actionCode, String type, String conditions) {
        var answer = management.post(
                "/action-configurations/" + actionCode + "/rules",
                "{'name':'Rule','isActive':true,'priority':0,'type':'%s','conditions':%s}".formatted(type, conditions));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.text("ruleId");
    }

    /** Whether a rule matched, and what it read, as the action says it. */
    private String seen(String userId, Answer tracked, String actionCode, String ruleId) {
        var path = "/users/" + userId + "/actions/" + actionCode + "/" + tracked.text("idempotencyKey");
        for (JsonNode rule : sluice.api(0).backend("GET", path, Map.of()).body().at("/output/rules")) {
            if (rule.path("ruleId").asText().equals(ruleId)) return rule.path("isMatch") + " " + rule.path("values");
        }
        return "not evaluated";
    }
}
