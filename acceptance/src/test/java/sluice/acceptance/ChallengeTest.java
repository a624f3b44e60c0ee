package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
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
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Sluice;

/** Challenges that a backend sends and has answered itself, before or after it knows whose they are. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChallengeTest {
    @TempDir
    private static Path folder;

    private Mailbox mailbox;
    private Sluice sluice;
    private Api api;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = mailbox.usedBy(Sluice.on(kafka, folder)).start();
        api = sluice.api(0);
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    private static String anybody() {
        return "user-" + UUID.randomUUID();
    }

    private Answer challenge(Map<String, Object> body) {
        return api.backend("POST", "/challenge", body);
    }

    private Answer verify(String challengeId, String code) {
        return api.backend("POST", "/verify", Map.of("challengeId", challengeId, "verificationCode", code));
    }

    private Answer claim(String challengeId, String userId) {
        return api.backend("POST", "/claim", Map.of("challengeId", challengeId, "userId", userId));
    }

    private Answer look(String challengeId) {
        return api.backend("GET", "/challenges?challengeId=" + Api.encoded(challengeId), Map.of());
    }

    @Test
    void givenAnAddressThatIsNobodys_whenItsCodeIsRight_thenTheChallengeCanBeClaimedByOneUser() {
        var email = anybody() + "@example.com";
        var userId = anybody();
        var started = challenge(Map.of("verificationMethod", "EMAIL_OTP", "email", email, "action", "signUp"));
        assertThat(started.status()).isEqualTo(200);
        assertThat(started.body().path("expiresAt").asLong())
                .isBetween(Instant.now().getEpochSecond() + 500, Instant.now().getEpochSecond() + 601);
        var challengeId = started.text("challengeId");
        assertThat(look(challengeId).text("email")).isEqualTo(email);
        assertThat(look(challengeId).text("action")).isEqualTo("signUp");
        assertThat(claim(challengeId, userId).status())
                .as("before it is verified")
                .isEqualTo(400);

        assertThat(verify(challengeId, "000 000").text("failureReason")).isEqualTo("CODE_INVALID_OR_EXPIRED");
        var verified = verify(challengeId, mailbox.code(email));
        assertThat(verified.text("isVerified")).isEqualTo("true");
        assertThat(verified.text("email")).isEqualTo(email);
        var claimed = claim(challengeId, userId);

        assertThat(claimed.text("verificationMethod")).isEqualTo("EMAIL_OTP");
        var validated = api.validate(claimed.text("token"));
        assertThat(validated.text("isValid")).isEqualTo("true");
        assertThat(validated.text("userId")).isEqualTo(userId);
        assertThat(validated.text("action")).isEqualTo("signUp");
        assertThat(validated.text("idempotencyKey")).isEqualTo(started.text("idempotencyKey"));
        assertThat(api.validate(claim(challengeId, userId).text("token")).text("isValid"))
                .as("SDKs repeat calls")
                .isEqualTo("true");
        assertThat(claim(challengeId, anybody()).status()).as("by another").isEqualTo(400);
        assertThat(verify(challengeId, mailbox.code(email)).text("isVerified")).isEqualTo("false");
    }

    @Test
    void givenAUser_whenChallengedAtTheAddressInTheirProfile_thenTheirOwnActionSucceeds() {
        var userId = anybody();
        var email = userId + "@example.com";
        assertThat(challenge(Map.of("userId", userId)).status())
                .as("no address")
                .isEqualTo(400);
        api.backend("PATCH", "/users/" + userId, Map.of("email", email));
        var started = challenge(Map.of("userId", userId, "action", "pay", "idempotencyKey", "payment-1"));
        var again = challenge(Map.of("challengeId", started.text("challengeId")));
        assertThat(again.text("idempotencyKey")).isEqualTo("payment-1");
        assertThat(mailbox.mails(email)).hasSize(2);

        assertThat(verify(started.text("challengeId"), mailbox.code(email)).text("isVerified"))
                .isEqualTo("true");

        var token = claim(again.text("challengeId"), userId).text("token");
        assertThat(api.validate(token).text("verificationMethod")).isEqualTo("EMAIL_OTP");
        assertThat(api.backend("GET", "/users/" + userId, Map.of()).text("emailVerified"))
                .isEqualTo("true");
        assertThat(claim(started.text("challengeId"), anybody()).status()).isEqualTo(400);
        challenge(Map.of("userId", userId));
        assertThat(mailbox.mails(email)).as("to the address that is bound").hasSize(3);
    }

    /** P6. */
    @Test
    void givenAChallengeThatWasNotVerified_whenItIsClaimedAllTheSame_thenTheActionIsStillToBeVerified() {
        var started = challenge(Map.of("email", anybody() + "@example.com"));
        var body = new HashMap<String, Object>(Map.of("challengeId", started.text("challengeId"), "userId", anybody()));
        body.put("skipVerificationCheck", true);

        var token = api.backend("POST", "/claim", body).text("token");

        var validated = api.validate(token);
        assertThat(validated.text("isValid")).isEqualTo("false");
        assertThat(validated.text("state")).isEqualTo("CHALLENGE_REQUIRED");
    }

    /** P6: what is blocked for the user stays so, whoever has shown what. */
    @Test
    void givenAnActionThatIsBlocked_whenChallenged_thenNothingIsSent() {
        api.management(
                "POST", "/action-configurations", Map.of("actionCode", "leave", "defaultUserActionResult", "BLOCK"));
        var email = anybody() + "@example.com";

        assertThat(challenge(Map.of("email", email, "action", "leave")).status())
                .isEqualTo(400);
        assertThat(mailbox.mails(email)).isEmpty();
    }

    /** E1: whatever is no id of this tenant's is none, and nothing more is said. */
    @Test
    void givenWhatIsNoChallenge_whenAskedFor_thenItIsNotFound() {
        for (var answer : new Answer[] {look("none"), verify("none", "123456"), claim("none", "ada")}) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text("errorDescription")).isEqualTo("There is no such challenge.");
        }
        var refused = challenge(Map.of("verificationMethod", "SMS", "phoneNumber", "+15550100"));
        assertThat(refused.text("errorCode")).isEqualTo("invalid_configuration");
    }
}
