package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
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
}
