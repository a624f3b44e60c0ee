package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.configuration.domain.Author;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.TenantSetup;

/** Sessions over two nodes, and of two tenants. */
@ExtendWith(KafkaBroker.class)
class SessionsTest {
    private static final String OTHER_SECRET = "api-secret-of-the-other-tenant";

    @TempDir
    private static Path folder;

    private static Sluice sluice;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start().start();
        new TenantSetup(
                        sluice.node().configuration(),
                        sluice.node().sealing(),
                        InstantSource.system(),
                        Author.commandLine("test", "run"))
                .complete(
                        new Credentials("other", OTHER_SECRET, "management-secret-of-the-other"),
                        false,
                        Optional.empty());
        Awaitility.await()
                .until(() -> sluice.api(0)
                                        .backend(OTHER_SECRET, "POST", "/validate", Map.of("token", "none"))
                                        .status()
                                == 200
                        && sluice.api(1)
                                        .backend(OTHER_SECRET, "POST", "/validate", Map.of("token", "none"))
                                        .status()
                                == 200);
        sluice.api(0)
                .management(
                        "POST",
                        "/action-configurations",
                        Map.of("actionCode", "browse", "defaultUserActionResult", "ALLOW"));
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    private static Answer session(String userId) {
        var token = sluice.api(0).track(userId, "browse", Map.of()).text("token");
        return call(0, "", Map.of("clientId", "web", "token", token));
    }

    private static Answer call(int ingress, String path, Map<String, Object> body) {
        return sluice.api(ingress).backend("POST", "/sessions" + path, body);
    }

    private static String newUser() {
        return "user-" + UUID.randomUUID();
    }

    /** P4: what one ingress has answered, the other knows at once. */
    @Test
    void p4_givenASession_whenItIsRevokedAtOneIngress_thenTheOtherNeverTakesItAgain() {
        for (var i = 0; i < 30; i++) {
            var made = session(newUser());
            var accessToken = Map.<String, Object>of("accessToken", made.text("accessToken"));
            assertThat(call((i + 1) % 2, "/validate", accessToken).status()).isEqualTo(200);

            assertThat(call(i % 2, "/revoke", accessToken).status()).isEqualTo(200);

            var refused = call((i + 1) % 2, "/validate", accessToken);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text("error")).isEqualTo("invalid_token");
        }
    }

    @Test
    void givenASession_whenItIsRefreshedAtEitherIngress_thenTheOtherGoesOnFromThere() {
        var tokens = session(newUser());
        for (var i = 0; i < 6; i++) {
            tokens = call(i % 2, "/refresh", Map.of("refreshToken", tokens.text("refreshToken")));
            assertThat(tokens.status()).isEqualTo(200);
        }
    }

    /** E1: with another tenant's key nothing of a session can be seen or done, and no answer tells that it is there. */
    @Test
    void e1_givenATenantsTokens_whenTheOtherTenantComesWithThem_thenTheyAreAsUnknownAsAny() {
        var userId = newUser();
        var token = sluice.api(0).track(userId, "browse", Map.of()).text("token");
        var made = call(0, "", Map.of("clientId", "web", "token", token));
        var accessToken = Map.<String, Object>of("accessToken", made.text("accessToken"));

        var refused = List.of(
                other("", Map.of("clientId", "web", "token", token)),
                other("/validate", accessToken),
                other("/revoke", accessToken),
                other("/refresh", Map.of("refreshToken", made.text("refreshToken"))));
        assertThat(other("/user/revoke", Map.of("userId", userId)).status())
                .as("a user of their own by that name has no sessions")
                .isEqualTo(200);

        assertThat(refused).extracting(Answer::status).containsOnly(401);
        assertThat(refused).extracting(answer -> answer.text("error")).containsOnly("invalid_token");
        assertThat(call(1, "/validate", accessToken).status())
                .as("the session lives on")
                .isEqualTo(200);
    }

    private static Answer other(String path, Map<String, Object> body) {
        return sluice.api(1).backend(OTHER_SECRET, "POST", "/sessions" + path, body);
    }
}
