package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.track.token.Token;

/** What users do to their own authenticators, and their recovery codes, over the client API. */
@ExtendWith(KafkaBroker.class)
class OwnAuthenticatorsTest {
    private static final String AUTHENTICATORS = "/client/user-authenticators";

    @TempDir
    private static Path folder;

    private static Sluice sluice;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start();
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    /** S18: every scope against every call, with a token whose challenge is open. */
    @Test
    void givenEverySetOfScopes_whenEveryCallIsMade_thenEachScopeOpensItsOwnCallAndNoOther() {
        var scopes = Token.SCOPES.stream().sorted().toList();
        for (var set = 0; set < 1 << scopes.size(); set++) {
            var chosen = set;
            var granted = IntStream.range(0, scopes.size())
                    .filter(each -> ((chosen >> each) & 1) == 1)
                    .mapToObj(scopes::get)
                    .collect(Collectors.toSet());
            assertOpens(granted, granted);
        }
        assertOpens(Set.of("admin", "read", "authenticators"), Set.of());
    }

    private static void assertOpens(Set<String> granted, Set<String> opened) {
        var userId = vouchedFor();
        var token = tracked(userId, "settings", String.join(" ", granted));
        var path = AUTHENTICATORS + "/" + firstId(userId);

        assertStatus(client("GET", AUTHENTICATORS, token), opened.contains("read:authenticators"), granted);
        assertStatus(api().enroll(token), opened.contains("add:authenticators"), granted);
        assertStatus(client("POST", "/client/recovery-codes", token), opened.contains("add:authenticators"), granted);
        assertStatus(makeDefault(path, token), opened.contains("update:authenticators"), granted);
        assertStatus(client("DELETE", path, token), opened.contains("remove:authenticators"), granted);
    }

    private static void assertStatus(Answer answer, boolean isOpen, Set<String> granted) {
        assertThat(answer.status()).as("%s: %s", granted, answer.body()).isEqualTo(isOpen ? 200 : 401);
        if (!isOpen) assertThat(answer.text("error")).isEqualTo("unauthorized");
    }

    /** S18: a challenge that was met lets its user look and add, and nothing else. */
    @Test
    void givenAChallengeThatWasMet_whenEveryCallIsMade_thenItReadsAndAddsButChangesAndRemovesNothing() {
        var person = Person.enrolled(api());
        var token = tracked(person.userId(), "signIn", "");
        assertThat(client("GET", AUTHENTICATORS, token).status()).isEqualTo(401);
        api().verify(token, person.code(0));
        var path = AUTHENTICATORS + "/" + firstId(person.userId());

        assertThat(client("GET", AUTHENTICATORS, token).body()).hasSize(1);
        assertThat(client("POST", "/client/recovery-codes", token).status()).isEqualTo(200);
        assertThat(api().enroll(token).status()).isEqualTo(200);
        assertThat(makeDefault(path, token).status()).isEqualTo(401);
        assertThat(client("DELETE", path, token).status()).isEqualTo(401);
    }

    @Test
    void givenAppAndPhone_whenThePhoneIsMadeTheDefaultAndTheAppRemoved_thenTheUserSeesIt() {
        var person = Person.enrolled(api());
        var vouched = api().backend(
                        "POST",
                        "/users/" + person.userId() + "/authenticators",
                        Map.of("verificationMethod", "SMS", "phoneNumber", "+15550100"));
        var phone =
                vouched.body().path("authenticator").path("userAuthenticatorId").asText();
        var token = tracked(person.userId(), "settings", String.join(" ", Token.SCOPES));

        var updated = makeDefault(AUTHENTICATORS + "/" + phone, token);

        assertThat(updated.text("isDefault")).isEqualTo("true");
        assertThat(updated.text("phoneNumber")).isEqualTo("+15550100");
        assertThat(updated.body().has("userId")).isFalse();
        var listed = client("GET", AUTHENTICATORS, token).body();
        assertThat(listed.path(0).path("isDefault").asBoolean()).isFalse();
        assertThat(listed.path(1)).isEqualTo(updated.body());
        var app = AUTHENTICATORS + "/"
                + listed.path(0).path("userAuthenticatorId").asText();
        assertThat(client("DELETE", app, token).body()).isEmpty();
        assertThat(client("DELETE", app, token).status())
                .as("an SDK repeats a call whose answer was lost")
                .isEqualTo(200);
        assertThat(client("GET", AUTHENTICATORS, token).body()).hasSize(1);
    }

    @Test
    void givenAnotherUsersAuthenticator_whenItIsNamed_thenItIsNotFoundAndStays() {
        var theirs = vouchedFor();
        var path = AUTHENTICATORS + "/" + firstId(theirs);
        var token = tracked(vouchedFor(), "settings", String.join(" ", Token.SCOPES));

        assertThat(makeDefault(path, token).status()).isEqualTo(404);
        assertThat(client("DELETE", path, token).status()).isEqualTo(404);
        assertThat(firstId(theirs)).isNotEmpty();
    }

    /** S20, S21. */
    @Test
    void givenRecoveryCodes_whenTheyAreUsed_thenEachOpensOneChallengeAndItsActionIsValid() {
        var person = Person.enrolled(api());
        var met = tracked(person.userId(), "signIn", "");
        api().verify(met, person.code(0));
        var codes = client("POST", "/client/recovery-codes", met).body().path("recoveryCodes");
        var distinct = new HashSet<String>();
        codes.forEach(code -> distinct.add(code.asText()));
        assertThat(distinct)
                .hasSize(10)
                .allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{6}-){3}[0-9A-HJKMNP-TV-Z]{6}"));

        var code = codes.path(7).asText();
        var token = tracked(person.userId(), "signIn", "");
        var verified = recover(token, code.toLowerCase(Locale.ROOT).replace("-", " "));
        assertThat(verified.text("isVerified")).isEqualTo("true");
        var valid = api().validate(verified.text("accessToken"));
        assertThat(valid.text("isValid")).isEqualTo("true");
        assertThat(valid.text("verificationMethod")).isEqualTo("RECOVERY_CODE");

        var next = tracked(person.userId(), "signIn", "");
        assertThat(recover(next, code).text("failureReason")).isEqualTo("CODE_INVALID_OR_EXPIRED");
        assertThat(api().validate(next).text("isValid")).isEqualTo("false");
        for (var attempt = 2; attempt < 5; attempt++) api().verify(next, "no code");
        assertThat(recover(next, "no code").text("failureReason")).isEqualTo("MAX_ATTEMPTS_EXCEEDED");
        assertThat(recover(next, codes.path(1).asText()).text("isVerified")).isEqualTo("false");
    }

    private static String vouchedFor() {
        var userId = "user-" + UUID.randomUUID();
        api().backend(
                        "POST",
                        "/users/" + userId + "/authenticators",
                        Map.of("verificationMethod", "EMAIL_OTP", "email", "ada@example.com"));
        return userId;
    }

    private static String firstId(String userId) {
        return api().backend("GET", "/users/" + userId + "/authenticators", Map.of())
                .body()
                .path(0)
                .path("userAuthenticatorId")
                .asText();
    }

    private static String tracked(String userId, String action, String scope) {
        return api().track(userId, action, Map.of("scope", scope)).text("token");
    }

    private static Answer recover(String token, String code) {
        return api().client("/client/verify/recovery-code", token, Map.of("verificationCode", code));
    }

    private static Answer makeDefault(String path, String token) {
        return api().client("PATCH", path, token, Map.of("isDefault", true));
    }

    private static Answer client(String method, String path, String token) {
        return api().client(method, path, token, Map.of());
    }

    private static Api api() {
        return sluice.api(0);
    }
}
