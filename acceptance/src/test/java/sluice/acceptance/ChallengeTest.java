package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.id.NobodyId;

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

    /** E8: each challenge is another user's, and each mail is asked of another ingress; counted some moments late. */
    @Test
    void e8_givenTwoIngresses_whenOneAddressIsMailedForManyUsers_thenBothRefuseMore() throws Exception {
        sluice.start();
        var email = anybody() + "@example.com";
        var body = Map.<String, Object>of("verificationMethod", "EMAIL_OTP", "email", email, "action", "signUp");

        var answers = IntStream.range(0, 40)
                .mapToObj(i -> sluice.api(i % 2).backend("POST", "/challenge", body))
                .toList();

        var sent = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(sent).hasSizeBetween(20, 30);
        assertThat(mailbox.mails(email)).hasSameSizeAs(sent);
        assertThat(answers.subList(38, 40)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.retryAfter().map(Integer::parseInt).orElseThrow()).isBetween(3480, 3600);
        });
        assertThat(challenge(Map.of("verificationMethod", "EMAIL_OTP", "email", "other-" + email, "action", "signUp"))
                        .status())
                .isEqualTo(200);
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

    /** P2: decided where the challenge's made-up user is, whichever ingress each came to. */
    @Test
    void givenAVerifiedChallenge_whenManyClaimItAtOneMoment_thenOneOfThemHasIt() {
        var email = anybody() + "@example.com";
        var challengeId = challenge(Map.of("email", email)).text("challengeId");
        verify(challengeId, mailbox.code(email));
        var claimants = Stream.generate(ChallengeTest::anybody).limit(8).toList();

        var claims = claimants.parallelStream()
                .map(user -> CompletableFuture.supplyAsync(() -> claim(challengeId, user)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(claims).extracting(Answer::status).containsOnlyOnce(200).contains(400);
        var others = claims.stream().filter(answer -> answer.status() != 200);
        assertThat(others).allSatisfy(answer -> assertThat(answer.text("errorDescription"))
                .isEqualTo("The challenge was claimed before."));
    }

    @Test
    void givenAChallengeThatIsNobodys_whenItsMadeUpUserIsLookedFor_thenThereIsNone() {
        var email = anybody() + "@example.com";
        var challengeId = challenge(Map.of("email", email)).text("challengeId");
        verify(challengeId, mailbox.code(email));

        assertThat(api.backend("GET", "/users?email=" + Api.encoded(email), Map.of())
                        .body()
                        .path("users"))
                .isEmpty();
        assertThat(api.backend("GET", "/users/" + NobodyId.random(), Map.of()).status())
                .isEqualTo(400);
    }

    /** P2: with the idempotency key it is one challenge, of which the latest code counts. */
    @Test
    void givenACallWhoseAnswerWasLost_whenItComesAgain_thenItIsTheSameChallenge() {
        var email = anybody() + "@example.com";
        var body = Map.<String, Object>of("email", email, "idempotencyKey", anybody());
        var first = challenge(body).text("challengeId");
        var again = challenge(body).text("challengeId");

        assertThat(verify(first, mailbox.code(email)).text("isVerified")).isEqualTo("true");

        assertThat(verify(again, mailbox.code(email)).text("isVerified")).isEqualTo("false");
        assertThat(challenge(body).status()).as("it is met").isEqualTo(400);
        assertThat(mailbox.mails(email)).hasSize(2);
    }

    @Test
    void givenWhatIsToldOfTheMoment_whenChallenged_thenRulesAndTheTokenSeeIt() {
        var management = new Management(api);
        management.post("/action-configurations", "{'actionCode':'enter'}");
        management.post(
                "/action-configurations/enter/rules",
                "{'name':'stolen','isActive':true,'priority':0,'type':'BLOCK',"
                        + "'conditions':{'==':[{'var':'device.id'},'stolen']}}");
        var email = anybody() + "@example.com";
        var moment =
                new HashMap<String, Object>(Map.of("email", email, "action", "enter", "scope", "add:authenticators"));
        assertThat(challenge(with(moment, "deviceId", "stolen")).status()).isEqualTo(400);
        assertThat(mailbox.mails(email)).isEmpty();

        var challengeId = challenge(with(moment, "deviceId", "own")).text("challengeId");
        verify(challengeId, mailbox.code(email));
        var ada = Person.enrolled(api);
        var token = claim(challengeId, ada.userId()).text("token");

        assertThat(api.validate(token).text("isValid")).isEqualTo("true");
        assertThat(api.enroll(token).status()).as("with the scope").isEqualTo(200);
    }

    private static Map<String, Object> with(Map<String, Object> body, String name, Object value) {
        var more = new HashMap<>(body);
        more.put(name, value);
        return more;
    }

    @Test
    void givenAUsersChallenge_whenLookedUpByTheUser_thenItCanBeAnswered() {
        var userId = anybody();
        var email = userId + "@example.com";
        challenge(Map.of("userId", userId, "email", email, "action", "pay"));
        var query = "/challenges?userId=" + userId;
        var another = "/challenges?userId=" + anybody() + "&challengeId=";

        var found = api.backend("GET", query + "&action=pay&verificationMethod=EMAIL_OTP", Map.of());

        assertThat(found.text("email")).isEqualTo(email);
        assertThat(found.text("action")).isEqualTo("pay");
        for (var other : List.of("&action=leave", "&verificationMethod=SMS")) {
            assertThat(api.backend("GET", query + other, Map.of()).status()).isEqualTo(404);
        }
        assertThat(api.backend("GET", another + Api.encoded(found.text("challengeId")), Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(api.backend("GET", "/challenges", Map.of()).status()).isEqualTo(404);
        assertThat(verify(found.text("challengeId"), mailbox.code(email)).text("isVerified"))
                .isEqualTo("true");
        assertThat(api.backend("GET", query, Map.of()).status()).as("it is met").isEqualTo(404);
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
