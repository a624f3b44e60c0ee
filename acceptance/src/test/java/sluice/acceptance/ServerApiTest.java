package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.configuration.domain.Author;
import sluice.schemas.VerificationMethod;
import sluice.track.http.json.Json;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.TenantSetup;

/** What a backend does to its users (contract section 3, tier 2). */
@ExtendWith(KafkaBroker.class)
class ServerApiTest {
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

    @Test
    void givenAnAuthenticator_whenDeleted_thenTheUserIsNotEnrolledAndTokensInFlightCountNoMore() {
        var person = Person.enrolled(api());
        var token = api().track(person.userId(), "signIn", Map.of()).text("token");
        var id = api().backend("GET", "/users/" + person.userId() + "/authenticators", Map.of())
                .body()
                .path(0)
                .path("userAuthenticatorId")
                .asText();

        var deleted = delete("/users/" + person.userId() + "/authenticators/" + id);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEmpty();
        assertThat(user(person.userId()).text("isEnrolled")).isEqualTo("false");
        assertThat(api().verify(token, person.code(0)).text("isVerified")).isEqualTo("false");
        assertThat(delete("/users/" + person.userId() + "/authenticators/" + id).status())
                .as("SDKs send a DELETE again whose answer was lost")
                .isEqualTo(200);
        assertThat(delete("/users/" + person.userId() + "/authenticators/another")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void givenAnotherUsersAuthenticator_whenDeleted_thenItIsNotFoundAndStays() {
        var person = Person.enrolled(api());
        var id = api().backend("GET", "/users/" + person.userId() + "/authenticators", Map.of())
                .body()
                .path(0)
                .path("userAuthenticatorId")
                .asText();

        assertRefused(delete("/users/" + someone() + "/authenticators/" + id), 404, "invalid_request");
        assertThat(user(person.userId()).text("isEnrolled")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "POST"})
    void givenNobody_whenUpdated_thenTheyAreKnownAndAbsentKeepsAndNullResets(String method) {
        var path = "/users/" + someone();
        var told = Map.<String, Object>of(
                "email", "ada@example.com",
                "emailVerified", true,
                "phoneNumber", "1234567890",
                "username", "ada",
                "displayName", "Ada",
                "locale", "en-GB",
                "custom", Map.of("tier", "gold", "seats", 3, "ratio", 0.5, "isStaff", true));

        var created = api().backend(method, path, told);

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.text("isEnrolled")).isEqualTo("false");
        told.forEach((field, value) ->
                assertThat(created.body().path(field)).as(field).isEqualTo(Json.MAPPER.<JsonNode>valueToTree(value)));
        assertThat(created.text("phoneNumberVerified")).isEqualTo("false");

        var reset = new HashMap<String, Object>(Map.of("displayName", "Countess"));
        reset.put("phoneNumber", null);
        reset.put("custom", null);
        var changed = api().backend(method, path, reset);

        assertThat(changed.text("displayName")).isEqualTo("Countess");
        assertThat(changed.text("email")).isEqualTo("ada@example.com");
        assertThat(changed.text("emailVerified")).isEqualTo("true");
        assertThat(changed.body().has("phoneNumber")).isFalse();
        assertThat(changed.body().path("custom")).isEmpty();
        assertThat(api().backend("GET", path, Map.of()).body()).isEqualTo(changed.body());
    }

    @Test
    void givenWrongTypes_whenUpdated_thenTheFieldIsNamedAndNothingChanges() {
        var userId = someone();
        var wrong = Map.<String, Object>of(
                "email",
                1,
                "emailVerified",
                "true",
                "phoneNumber",
                true,
                "phoneNumberVerified",
                1,
                "username",
                Map.of(),
                "displayName",
                List.of("Ada"),
                "custom",
                "gold",
                "locale",
                "x".repeat(257));

        wrong.forEach((field, value) -> {
            var body = new HashMap<String, Object>(Map.of("username", "ada"));
            body.put(field, value);
            var answer = api().backend("PATCH", "/users/" + userId, body);
            assertRefused(answer, 400, "invalid_request");
            assertThat(answer.text("errorDescription")).startsWith(field + ":");
        });
        assertThat(user(userId).body().has("username")).isFalse();
    }

    @Test
    void givenAnEnrolledUser_whenDeleted_thenTheyAreUnknownAndNothingOfThemCanBeVerified() {
        var person = Person.enrolled(api());
        api().backend("PATCH", "/users/" + person.userId(), Map.of("email", "ada@example.com"));
        var tracked = api().track(person.userId(), "signIn", Map.of());

        assertThat(delete("/users/" + person.userId()).status()).isEqualTo(200);

        var known = user(person.userId());
        assertThat(known.body()).isEqualTo(user(someone()).body());
        assertThat(api().verify(tracked.text("token"), person.code(0)).text("isVerified"))
                .isEqualTo("false");
        assertRefused(api().enroll(tracked.text("token")), 401, "unauthorized");
        assertThat(api().validate(tracked.text("token")).text("isValid")).isEqualTo("false");
        var again = api().track(person.userId(), "signIn", Map.of());
        assertThat(again.text("isEnrolled")).isEqualTo("false");
        assertThat(again.text("state")).isEqualTo("CHALLENGE_REQUIRED");
    }

    @Test
    void givenNobody_whenDeleted_thenItIsDoneAllTheSame() {
        var userId = someone() + "/with a slash";

        assertThat(delete("/users/" + Api.encoded(userId)).status()).isEqualTo(200);
        assertThat(user(userId).text("isEnrolled")).isEqualTo("false");
    }

    @Test
    void givenNobody_whenTheBackendVouchesForContacts_thenTheyAreEnrolledAndBothAreListed() {
        var userId = someone();
        var path = "/users/" + userId + "/authenticators";

        var phone = api().backend("POST", path, Map.of("verificationMethod", "SMS", "phoneNumber", "+15550100"));
        var again = api().backend("POST", path, Map.of("verificationMethod", "SMS", "phoneNumber", "+15550100"));
        var email = api().backend(
                        "POST",
                        path,
                        Map.of("verificationMethod", "EMAIL_OTP", "email", "ada@example.com", "isDefault", true));

        assertThat(phone.status()).isEqualTo(200);
        var bound = phone.body().path("authenticator");
        assertThat(bound.path("userId").asText()).isEqualTo(userId);
        assertThat(bound.path("phoneNumber").asText()).isEqualTo("+15550100");
        assertThat(bound.has("email")).isFalse();
        assertThat(bound.path("verifiedAt").asText()).isNotEmpty();
        assertThat(phone.body().path("recoveryCodes"))
                .as("shown once, to who had none")
                .hasSize(10);
        assertThat(again.body().path("recoveryCodes")).isEmpty();
        assertThat(again.body().path("authenticator")).isEqualTo(bound);
        assertThat(email.body().path("authenticator").path("email").asText()).isEqualTo("ada@example.com");
        var listed = api().backend("GET", path, Map.of()).body();
        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).path("phoneNumber").asText()).isEqualTo("+15550100");
        assertThat(listed.path(0).path("isDefault").asBoolean()).isFalse();
        assertThat(listed.path(1).path("isDefault").asBoolean()).isTrue();
        assertThat(api().track(userId, "signIn", Map.of())
                        .body()
                        .path("enrolledVerificationMethods")
                        .toString())
                .isEqualTo("[\"SMS\",\"EMAIL_OTP\"]");
        assertThat(user(userId).text("isEnrolled")).isEqualTo("true");
    }

    @Test
    void givenWhatCanNotBeVouchedFor_whenEnrolled_thenItIsRefused() {
        var path = "/users/" + someone() + "/authenticators";

        for (var wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("verificationMethod", "AUTHENTICATOR_APP"),
                Map.of("verificationMethod", "SMS"),
                Map.of("verificationMethod", "SMS", "email", "ada@example.com"),
                Map.of("verificationMethod", "EMAIL_OTP", "email", 1),
                Map.of("verificationMethod", "SMS", "phoneNumber", "+15550100", "isDefault", "yes"),
                Map.of("verificationMethod", "PIGEON", "phoneNumber", "+15550100"))) {
            assertRefused(api().backend("POST", path, wrong), 400, "invalid_request");
        }
        assertThat(api().backend("GET", path, Map.of()).body()).isEmpty();
    }

    @Test
    void givenAChallenge_whenTheBackendSetsStates_thenTheActionIsInEachAndCodesCountAccordingly() {
        var person = Person.enrolled(api());
        var tracked = api().track(person.userId(), "signIn", Map.of());
        var path = "/users/" + person.userId() + "/actions/signIn/" + tracked.text("idempotencyKey");

        for (var state : List.of("REVIEW_REQUIRED", "BLOCK", "BLOCK", "REVIEW_SUCCEEDED", "ALLOW", "REVIEW_FAILED")) {
            var updated = api().backend("PATCH", path, Map.of("state", state));
            assertThat(updated.status()).isEqualTo(200);
            assertThat(updated.text("state")).isEqualTo(state);
            assertThat(api().backend("GET", path, Map.of()).text("state")).isEqualTo(state);
        }
        assertThat(api().verify(tracked.text("token"), person.code(0)).text("isVerified"))
                .isEqualTo("false");

        api().backend("PATCH", path, Map.of("state", "CHALLENGE_REQUIRED"));
        assertThat(api().verify(tracked.text("token"), person.code(0)).text("isVerified"))
                .isEqualTo("true");
        assertThat(api().validate(tracked.text("token")).text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
    }

    @Test
    void givenNoSuchActionOrState_whenUpdated_thenItIsRefusedAndNothingBegins() {
        var userId = someone();
        var path = "/users/" + userId + "/actions/signIn/nothing";

        assertRefused(api().backend("PATCH", path, Map.of("state", "BLOCK")), 404, "invalid_request");
        for (var wrong : List.<Map<String, Object>>of(
                Map.of(), Map.of("state", "UNKNOWN"), Map.of("state", 1), Map.of("state", "block"))) {
            assertRefused(api().backend("PATCH", path, wrong), 400, "invalid_request");
        }
        assertThat(api().track(userId, "signIn", Map.of("idempotencyKey", "nothing"))
                        .text("state"))
                .isEqualTo("CHALLENGE_REQUIRED");
        assertThat(api().backend("GET", "/users/" + userId + "/actions", Map.of())
                        .body())
                .hasSize(1);
    }

    /** The Go SDK's own tests ask so for an action without a key. */
    @ParameterizedTest
    @ValueSource(strings = {"/actions/signIn/", "/nothing", "/"})
    void givenAPathThatIsNotThere_whenCalled_thenOnlyABackendIsToldSo(String path) {
        var cut = "/users/" + someone() + path;

        assertRefused(api().backend("wrong", "GET", cut, Map.of()), 401, "unauthorized");
        assertRefused(api().backend("GET", cut, Map.of()), 404, "invalid_request");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(code);
        assertThat(answer.text("errorCode")).isEqualTo(code);
        assertThat(answer.text("errorDescription")).isNotEmpty();
    }

    private static Answer user(String userId) {
        return api().backend("GET", "/users/" + Api.encoded(userId), Map.of());
    }

    private static Answer delete(String path) {
        return api().backend("DELETE", path, Map.of());
    }

    private static String someone() {
        return "user-" + UUID.randomUUID();
    }

    private static Api api() {
        return sluice.api(0);
    }

    @Test
    void givenAnOperatorWhoWantsTheAppAlone_whenATenantIsSetUp_thenUsersMayHaveNothingElse() {
        var setup = new TenantSetup(
                sluice.node().configuration(),
                sluice.node().sealing(),
                InstantSource.system(),
                Author.commandLine("test", "run"));
        var secret = "api-secret-of-a-tenant-" + UUID.randomUUID();
        var slim = new Credentials("slim", secret, "management-secret-of-the-tenant");

        setup.complete(slim, true, Optional.of(Set.of(VerificationMethod.AUTHENTICATOR_APP)));
        setup.complete(slim, false, Optional.empty());

        var allowed =
                api().backend(secret, "GET", "/users/ada", Map.of()).body().path("allowedVerificationMethods");
        assertThat(allowed).extracting(JsonNode::asText).containsExactly("AUTHENTICATOR_APP");
    }

    /** Security: another address is not verified because the one before was. */
    @Test
    void givenAVerifiedAddress_whenATrackCallTellsAnother_thenThatIsNotVerified() {
        var userId = "user-" + UUID.randomUUID();
        api().backend("PATCH", "/users/" + userId, Map.of("email", "ada@example.com", "emailVerified", true));
        api().track(userId, "signIn", Map.of("email", "ada@example.com"));
        var path = "/users/" + userId;
        assertThat(api().backend("GET", path, Map.of()).text("emailVerified")).isEqualTo("true");

        api().track(userId, "signIn", Map.of("email", "eve@example.com"));

        assertThat(api().backend("GET", path, Map.of()).text("emailVerified")).isEqualTo("false");
    }
}
