package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static sluice.acceptance.testkit.DocumentedApi.basic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Belongings;
import sluice.acceptance.testkit.DocumentedApi;
import sluice.acceptance.testkit.DocumentedApi.Operation;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.configuration.domain.Author;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.SecretHash;
import sluice.track.tenant.TenantSetup;
import sluice.track.token.Token;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;

/**
 * Every operation of the document, which {@link OpenApiTest} holds against the routes, with every kind of credential
 * (E2, S23), and with those of another tenant and of another user (E1).
 */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsMatrixTest {
    private static final String OTHER = "other";
    private static final String OTHER_API_SECRET = "api-secret-of-the-other-tenant";
    private static final String OTHER_MANAGEMENT_SECRET = "management-secret-of-the-other";
    private static final String NOTHING = "";

    /** What they name is a passkey's challenge, which is the tenant's: whose it is, the passkey says. */
    private static final Set<String> OF_NO_USER = Set.of("verifyPasskey", "askForPasskey", "askForPasskeyWithCookies");

    @TempDir
    private static Path folder;

    private Mailbox mailbox;
    private Sluice sluice;
    private DocumentedApi api;
    private Belongings belongings;

    /** What somebody comes with, and the one kind of credential that it is; empty if it is none. */
    private record Presented(String name, String authorization, String kind) {}

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = mailbox.usedBy(Sluice.on(kafka, folder)).start();
        new TenantSetup(
                        sluice.node().configuration(),
                        sluice.node().sealing(),
                        InstantSource.system(),
                        Author.commandLine("test", "run"))
                .complete(new Credentials(OTHER, OTHER_API_SECRET, OTHER_MANAGEMENT_SECRET), true, Optional.empty());
        api = new DocumentedApi(sluice.api(0));
        Awaitility.await()
                .until(() -> api.call("getTenant")
                                .answersAs(basic(OTHER_MANAGEMENT_SECRET))
                                .status()
                        == 200);
        belongings =
                Belongings.of(api, "http://localhost:" + sluice.api(0).url().getPort());
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    /** E2, S23: what opens an operation is what the document says of it. What is refused is so before all else. */
    @Test
    void e2_givenEveryKindOfCredential_whenEveryOperationIsCalled_thenItsOwnKindAloneOpensIt() {
        var wrong = new ArrayList<String>();
        for (var operation : secured()) {
            for (var presented : presented()) {
                var isKey = operation.securities().contains(presented.kind());
                var answer = isKey
                        ? api.call(operation.id()).answersAs(presented.authorization(), harmless(operation))
                        : belongings.call(operation.id()).answersAs(presented.authorization());
                var isRight = isKey ? answer.status() != 401 && answer.status() < 500 : answer.status() == 401;
                if (!isRight) wrong.add(operation.id() + " with " + presented.name() + ": " + answer);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** No body that could be acted on. */
    private String harmless(Operation operation) {
        return api.bodySchema(operation).isMissingNode() ? NOTHING : "[]";
    }

    private List<Operation> secured() {
        return api.operations().stream()
                .filter(operation -> !operation.securities().isEmpty())
                .toList();
    }

    private List<Presented> presented() {
        var all = new ArrayList<Presented>();
        all.add(new Presented("the server key", basic(Sluice.API_SECRET), "serverSecret"));
        all.add(new Presented("the management key", basic(Sluice.MANAGEMENT_SECRET), "managementSecret"));
        all.add(new Presented("the tenant's id", basic(Sluice.TENANT), "clientTenant"));
        all.add(new Presented("a token", bearer(belongings.value("token")), "clientToken"));
        malformed().forEach(text -> all.add(new Presented("'" + text + "'", text, NOTHING)));
        spoilt().forEach((name, text) -> all.add(new Presented(name, text, NOTHING)));
        return all;
    }

    private static List<String> malformed() {
        var password = Base64.getEncoder().encodeToString((":" + Sluice.API_SECRET).getBytes(UTF_8));
        return List.of(
                "",
                "Basic",
                "Basic !",
                "Basic Og==",
                "Basic " + password,
                "Basic " + Sluice.API_SECRET,
                Sluice.API_SECRET,
                "Bearer",
                "Bearer none",
                "Bearer a.b.c",
                "Digest username=\"" + Sluice.TENANT + "\"");
    }

    private Map<String, String> spoilt() {
        var token = belongings.value("token");
        var spoilt = new TreeMap<String, String>();
        for (var secret : List.of(Sluice.API_SECRET, Sluice.MANAGEMENT_SECRET)) {
            spoilt.put(secret + ", longer", basic(secret + "x"));
            spoilt.put(secret + ", shorter", basic(secret.substring(1)));
            spoilt.put(secret + " in other letters", basic(secret.toUpperCase(Locale.ROOT)));
            spoilt.put(secret + " as a token", bearer(secret));
            spoilt.put("the hash of " + secret, basic(SecretHash.of(secret)));
        }
        spoilt.put("a tenant that is none", basic("nobody"));
        spoilt.put("a token as a name", basic(token));
        spoilt.put("an altered token", bearer(Belongings.altered(token)));
        spoilt.put("an unsigned token", bearer(unsigned(token)));
        spoilt.put("an expired token", bearer(expired()));
        spoilt.put("a session's access token", bearer(belongings.value("accessToken")));
        spoilt.put("a session's access token as a name", basic(belongings.value("accessToken")));
        spoilt.put("a session's refresh token", bearer(belongings.value("refreshToken")));
        spoilt.put("a challenge's id", bearer(belongings.value("challengeId")));
        return spoilt;
    }

    private static String unsigned(String token) {
        var header = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
        return header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }

    private String expired() {
        var node = sluice.node();
        var token = new Token(
                Sluice.TENANT, belongings.value("userId"), "signIn", belongings.value("idempotencyKey"), Token.SCOPES);
        return new Tokens(new TokenKeys(node.configuration(), node.sealing()), InstantSource.system())
                .sign(token, Duration.ofSeconds(-1), null);
    }

    /** E2: each scope, and none, is a token all the same: it opens no backend's and no manager's door. */
    @Test
    void e2_givenATokenOfEveryScope_whenOperationsOfOthersAreCalled_thenItOpensNone() {
        for (var scope : List.of("", "read:authenticators", "add:authenticators", "admin", "*")) {
            var token = bearer(tokenOf("matrix-" + UUID.randomUUID(), scope));
            for (var operation : secured()) {
                if (operation.securities().contains("clientToken")) continue;
                assertThat(belongings.call(operation.id()).answersAs(token).status())
                        .as(operation.id() + " with a token of scope " + scope)
                        .isEqualTo(401);
            }
        }
    }

    /** S23: what is open to all is no other for whoever brings a secret. */
    @Test
    void s23_givenAnOperationThatIsOpen_whenItIsCalledWithAnyCredential_thenItIsAnsweredAsWithNone() {
        for (var operation : api.operations()) {
            if (!operation.securities().isEmpty()) continue;
            var toNobody = api.call(operation.id()).answersNobody();
            for (var presented : presented()) {
                assertThat(api.call(operation.id()).answersAs(presented.authorization()))
                        .as(operation.id() + " with " + presented.name())
                        .isEqualTo(toNobody);
            }
        }
    }

    /**
     * S23: there is no other way to a route than its own. (A HEAD is no way: Javalin answers it itself wherever there is
     * a GET, runs no handler, and so says no more than the document.)
     */
    @Test
    void s23_givenPathsThatAServerMightTakeForAnother_whenTheyAreCalledWithNothing_thenNoneIsAnswered()
            throws Exception {
        for (var operation : secured()) {
            var path = operation.path().replaceAll("\\{\\w+}", "none");
            for (var written : otherwise(path)) {
                assertThat(status(operation.method(), written))
                        .as(operation.method() + " " + written)
                        .isBetween(400, 499);
            }
            assertThat(status("PUT", path)).as("PUT " + path).isBetween(400, 499);
            assertThat(status("TRACE", path)).as("TRACE " + path).isBetween(400, 499);
        }
    }

    private static List<String> otherwise(String path) {
        return List.of(
                path,
                path + "/",
                path + ";a=b",
                path + "%00",
                "/" + path,
                "/console/.." + path,
                "/ui/%2e%2e" + path,
                "/." + path,
                "/openapi.json/.." + path,
                path.toUpperCase(Locale.ROOT),
                path.replace("/v1/", "/v1//"),
                path.replace("/v1/", "/%761/"),
                path.replace("/v1/", "/v1;/"));
    }

    private int status(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sluice.api(0).url() + path))
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /**
     * E1: another tenant's backend, management and client are told the same of what is this tenant's as of what is
     * nobody's, and change none of it.
     */
    @Test
    void e1_givenWhatIsATenants_whenTheOtherTenantComesForIt_thenItIsAsUnknownAsAnyAndStaysAsItWas() {
        var before = belongings.read();

        assertAsUnknown(this::authorizationOfOther, api.operations());

        assertThat(belongings.read()).isEqualTo(before);
        for (var whose : List.of(belongings, belongings.unlikeAny())) {
            assertThat(api.call("findUsers")
                            .with("token", whose.value("token"))
                            .answersAs(basic(OTHER_API_SECRET))
                            .text("error"))
                    .isEqualTo("invalid_token");
        }
        assertThat(belongings.call("refreshSession").answers().status())
                .as("nobody has used the refresh token up")
                .isEqualTo(200);
    }

    private String authorizationOfOther(Operation operation, Belongings wanted) {
        if (operation.securities().contains("serverSecret")) return basic(OTHER_API_SECRET);
        if (operation.securities().contains("managementSecret")) return basic(OTHER_MANAGEMENT_SECRET);
        return operation.securities().contains("clientToken")
                ? bearer(tokenOfOther(wanted.value("userId")))
                : basic(OTHER);
    }

    /** E1: a user's client is told the same of another user's as of what is nobody's, and changes none of it. */
    @Test
    void e1_givenWhatIsAUsers_whenAnotherUsersClientComesForIt_thenItIsAsUnknownAsAnyAndStaysAsItWas() {
        var before = belongings.read();

        assertAsUnknown(
                (operation, wanted) -> bearer(tokenOf("user-" + UUID.randomUUID())),
                secured().stream()
                        .filter(operation -> operation.securities().contains("clientToken"))
                        .filter(operation -> !OF_NO_USER.contains(operation.id()))
                        .toList());

        assertThat(belongings.read()).isEqualTo(before);
    }

    private interface Caller {
        /** What they come with for what is wanted: their own user may have the very id. */
        String authorization(Operation operation, Belongings wanted);
    }

    private void assertAsUnknown(Caller caller, List<Operation> operations) {
        var unknown = belongings.unlikeAny();
        var told = new ArrayList<String>();
        for (var operation : operations) {
            if (operation.securities().isEmpty() || operation.id().equals("createBacktest")) continue;
            var toTheirs = belongings.call(operation.id()).answersAs(caller.authorization(operation, belongings));
            var toNone = unknown.call(operation.id()).answersAs(caller.authorization(operation, unknown));
            if (!Belongings.areNamedBy(operation))
                continue; // both were called all the same: they are to differ in nothing else
            if (belongings.masked(toTheirs).equals(unknown.masked(toNone))) continue;
            told.add(operation.id() + ": " + belongings.masked(toTheirs) + ", not " + unknown.masked(toNone));
        }
        assertThat(told).isEmpty();
    }

    private String tokenOf(String userId) {
        return tokenOf(userId, String.join(" ", Token.SCOPES));
    }

    private String tokenOf(String userId, String scope) {
        return track(userId, scope, basic(Sluice.API_SECRET));
    }

    private String tokenOfOther(String userId) {
        return track(userId, String.join(" ", Token.SCOPES), basic(OTHER_API_SECRET));
    }

    private String track(String userId, String scope, String authorization) {
        return api.call("track")
                .with("userId", userId)
                .with("action", "signIn")
                .body(Map.of("scope", scope))
                .answersAs(authorization)
                .text("token");
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }
}
