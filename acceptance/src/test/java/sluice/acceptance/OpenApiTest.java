package sluice.acceptance;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.fail;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.BodyMutants;
import sluice.acceptance.testkit.DocumentedApi;
import sluice.acceptance.testkit.DocumentedApi.Operation;
import sluice.acceptance.testkit.LoggedActors;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.SoftPasskey;
import sluice.runtime.Node;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.Blinding;
import sluice.runtime.settings.Settings;
import sluice.runtime.signal.SignalKeys;
import sluice.track.enrich.Enricher;
import sluice.track.http.Api;
import sluice.track.http.auth.Callers;
import sluice.track.log.EventLog;
import sluice.track.session.SessionSettings;
import sluice.track.signal.KnownSignals;
import sluice.track.tenant.Tenants;
import sluice.track.token.Token;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;
import sluice.track.webhook.Questions;
import sluice.track.webhook.Targets;

/** The OpenAPI document tells of every route, and what it tells is so. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    /** What is not the API: for operators, and the parts of a page. */
    private static final Set<String> UNDOCUMENTED =
            Set.of("GET /health/live", "GET /health/ready", "GET /metrics", "GET /ui/{file}", "GET /console/{file}");

    /** Operations that change what is known of users. */
    private static final Set<String> WRITING = Set.of(
            "track",
            "updateAction",
            "updateUser",
            "updateUserByPost",
            "deleteUser",
            "enrollVerifiedAuthenticator",
            "deleteAuthenticator",
            "startChallenge",
            "verifyChallenge",
            "claimChallenge",
            "createSession",
            "refreshSession",
            "revokeSession",
            "revokeUserSessions",
            "updateOwnAuthenticator",
            "removeOwnAuthenticator",
            "issueRecoveryCodes",
            "verifyRecoveryCode",
            "enrollTotp",
            "verifyTotp",
            "enrollEmailOtp",
            "challengeEmailOtp",
            "verifyEmailOtp",
            "enrollEmailMagicLink",
            "challengeEmailMagicLink",
            "confirmMagicLink",
            "startPasskey",
            "startPasskeyWithCookies",
            "finishPasskey",
            "verifyPasskey");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private Mailbox mailbox;
    private Sluice sluice;
    private DocumentedApi api;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = mailbox.usedBy(Sluice.on(kafka, folder)).start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    @BeforeEach
    void readTheDocument() {
        api = new DocumentedApi(sluice.api(0));
    }

    @Test
    void givenTheRoutes_whenComparedWithTheDocument_thenNeitherHasOneThatTheOtherLacks() throws IOException {
        var documented = api.operations().stream().map(Operation::route).collect(toCollection(TreeSet::new));
        documented.addAll(UNDOCUMENTED);

        assertThat(routes(sluice.node())).containsExactlyInAnyOrderElementsOf(documented);
    }

    private static Set<String> routes(Node node) throws IOException {
        var tokens = new Tokens(new TokenKeys(node.configuration(), node.sealing()), InstantSource.system());
        var callers = new Callers(new Tenants(node.configuration(), InstantSource.system(), node.meters()), tokens);
        var queries = node.queryClient(PATIENCE);
        var keys = new SignalKeys(Blinding.open(node.settings().dataDirectory()));
        var signals = new KnownSignals(keys, node.topics().schemaIds(), 1);
        var enricher = new Enricher(Optional.empty(), Optional.empty(), signals);
        try (var log = new EventLog(node, 1, PATIENCE)) {
            var api = new Api(
                    node,
                    callers,
                    tokens,
                    log,
                    queries,
                    enricher,
                    InstantSource.system(),
                    () -> {
                        throw new AssertionError("Nobody calls");
                    },
                    () -> {
                        throw new AssertionError("Nobody calls");
                    },
                    SessionSettings.from(new Settings(Map.of())),
                    Optional.empty(),
                    new Questions(node, Targets.PUBLIC, InstantSource.system()));
            Javalin server = api.server(jetty -> {});
            return server.unsafe.internalRouter.allHttpHandlers().stream()
                    .filter(route -> route.endpoint.method.isHttpMethod())
                    .map(route -> route.endpoint.method.name() + " " + route.endpoint.path)
                    .collect(toCollection(TreeSet::new));
        }
    }

    @Test
    void givenEveryOperation_whenItSucceeds_thenItsAnswerIsTheDocuments() {
        ofRules();
        ofABackendAndAUser();
        ofAPasskey();
        ofABackendThatChanges();
        ofMail();
        ofABackendThatChallenges();
        ofABackendThatLooksForUsers();
        ofAUserWithAuthenticators();
        ofSessions();
        ofBacktests();
        api.call("getAggregates").succeeds();
        ofManagement("ActionConfiguration", "actionCode", "actionCode");
        ofManagement("ValueList", "alias", "alias");
        ofManagement("CustomDataPoint", "id", "id");
        for (var name : List.of("Tenant", "Theme", "MessageOverrides")) {
            api.call("get" + name).succeeds();
            api.call("update" + name).succeeds();
            api.call("get" + name).succeeds();
        }
        api.call("getMessageCatalogue").succeeds();
        api.call("showConsole").succeeds();
        api.call("getOpenApi").succeeds();
        api.call("showOpenApi").succeeds();
        api.call("getAsyncApi").succeeds();
        ofTheRegistry();

        assertThat(api.succeeded())
                .containsExactlyElementsOf(
                        api.operations().stream().map(Operation::id).toList());
        assertThat(api.unansweredFields()).allMatch(field -> field.startsWith("Theme"));
        assertTheLogSaysWho();
    }

    /** docs/audit.md: who, by what call, and why; never the credential itself. */
    private void assertTheLogSaysWho() {
        var logged = new LoggedActors(sluice.topics(), sluice.node().kafka().client());
        var server = tenant().apiSecrets().get(0).id();
        var management = tenant().managementSecrets().get(0).id();

        assertThat(logged.inputs()).allSatisfy(said -> assertNamed(said, server));
        assertThat(logged.outcomes()).allSatisfy(said -> assertNamed(said, server));
        assertThat(logged.inputs()).extracting(said -> said.by().getCall()).containsAll(WRITING);
        assertThat(logged.outcomes()).extracting(said -> said.by().getCall()).containsAll(WRITING);
        assertThat(logged.changes()).allSatisfy(said -> {
            assertThat(said.causeId()).isNotBlank();
            switch (said.by().getCredential()) {
                case SLUICE -> assertThat(said.by().getCall()).isEqualTo("start");
                case SERVER_SECRET -> assertThat(said.by().getCall()).isIn("track", "startChallenge", "claimChallenge");
                case MANAGEMENT_SECRET -> {
                    assertThat(said.by().getCredentialId()).isEqualTo(management);
                    assertThat(said.by().getCall()).matches("(create|update|delete)[A-Z].*");
                }
                default -> fail("Nobody else changes the configuration: %s", said);
            }
        });
    }

    private void assertNamed(LoggedActors.Said said, String server) {
        assertThat(api.operations())
                .extracting(Operation::id)
                .contains(said.by().getCall());
        switch (said.by().getCredential()) {
            case SERVER_SECRET -> assertThat(said.by().getCredentialId()).isEqualTo(server);
            case CLIENT_TOKEN ->
                assertThatNoException()
                        .isThrownBy(() -> UUID.fromString(said.by().getCredentialId()));
            case TENANT_ID ->
                assertThat(said.by().getCall())
                        .as("A sign-in that a passkey begins")
                        .isEqualTo("verifyPasskey");
            case MAIL_LINK -> assertThat(said.by().getCall()).isEqualTo("confirmMagicLink");
            default -> fail("Nobody else writes events: %s", said);
        }
    }

    private Setting.Tenant tenant() {
        return sluice.node().configuration().newest().tenant(Sluice.TENANT).orElseThrow();
    }

    private void ofTheRegistry() {
        api.call("listSubjects").succeeds();
        api.call("listSchemaTypes").succeeds();
        var subject = sluice.topics().decisions.name() + "-value";
        for (var operation : List.of("listVersions", "getVersion", "getVersionSchema")) {
            api.call(operation)
                    .with("subject", subject)
                    .with("version", "latest")
                    .succeeds();
        }
        var schema = sluice.topics().decisions.value().schema();
        var id = String.valueOf(sluice.topics().publishedIds().idOf(schema));
        for (var operation : List.of("getSchema", "getSchemaText", "listSubjectsOfSchema", "listVersionsOfSchema")) {
            api.call(operation).with("id", id).succeeds();
        }
        for (var operation : List.of("findSchema", "registerSchema", "checkCompatibility")) {
            api.call(operation)
                    .with("subject", subject)
                    .with("version", "1")
                    .body(Map.of("schema", schema.toString()))
                    .succeeds();
        }
        for (var of : List.of("getCompatibility", "getMode")) {
            api.call(of).succeeds();
            api.call(of + "OfSubject").with("subject", subject).succeeds();
        }
    }

    /** One that decides, one in shadow, and one that costs too much. */
    private void ofRules() {
        var grows = Map.of("merge", List.of(Map.of("var", "accumulator"), Map.of("var", "accumulator")));
        rule(Map.of("==", List.of(Map.of("var", "action.code"), "signIn")), Map.of("description", "Any sign-in"));
        rule(Map.of("!!", List.of(true)), Map.of("isShadow", true));
        rule(Map.of("!!", Map.of("reduce", List.of(Collections.nCopies(40, 1), grows, List.of(1)))), Map.of());
        api.call("listRules").with("actionCode", "signIn").succeeds();
        var key = api.call("createRule").with("actionCode", "pay").succeeds().text("ruleId");
        for (var operation : List.of("getRule", "updateRule", "deleteRule")) {
            api.call(operation).with("actionCode", "pay").with("ruleId", key).succeeds();
        }
    }

    private void rule(Map<String, Object> conditions, Map<String, Object> more) {
        var body = new HashMap<String, Object>(more);
        body.putAll(Map.of("name", "A rule", "isActive", true, "priority", 0, "type", "CHALLENGE"));
        body.putAll(Map.of("conditions", conditions, "defaultVerificationMethod", "AUTHENTICATOR_APP"));
        var methods = List.of("AUTHENTICATOR_APP", "PASSKEY", "EMAIL_OTP", "EMAIL_MAGIC_LINK");
        body.put("verificationMethods", methods);
        body.put("promptToEnrollVerificationMethods", List.of("PASSKEY"));
        api.call("createRule").with("actionCode", "signIn").body(body).succeeds();
    }

    private void ofABackendAndAUser() {
        Person.awaitTheMiddleOfAStep();
        var userId = "user-" + UUID.randomUUID();
        var tracked = track(userId);
        var token = tracked.text("token");
        api.call("getUser").with("userId", userId).succeeds();
        api.call("showChallenge").with("t", token).with("mode", "popup").succeeds();

        var enrolment = api.call("enrollTotp").with("token", token).succeeds();
        api.call("drawQr")
                .with("token", token)
                .body(Map.of("uri", enrolment.text("uri")))
                .succeeds();
        var person = new Person(userId, enrolment.text("secret"));
        var verified = verify(token, person.code(0));
        validate(verified.text("accessToken"));
        verify(track(userId).text("token"), "000000");
        validate("none");

        var action = api.call("getAction").with("userId", userId).with("action", "signIn");
        action.with("idempotencyKey", tracked.text("idempotencyKey")).succeeds();
        api.call("listActions").with("userId", userId).succeeds();
        api.call("listActions")
                .with("userId", userId)
                .with("codes", "signIn,pay")
                .with("state", "CHALLENGE_SUCCEEDED")
                .with("fromDate", "2026-01-31T12:00:00.000Z")
                .succeeds();
        api.call("listAuthenticators").with("userId", userId).succeeds();
        api.call("getUser").with("userId", userId).succeeds();
    }

    private void ofMail() {
        var userId = "user-" + UUID.randomUUID();
        var email = userId + "@example.com";
        var token = track(userId).text("token");
        api.call("enrollEmailOtp")
                .with("token", token)
                .body(Map.of("email", email))
                .succeeds();
        api.call("challengeEmailOtp").with("token", token).succeeds();
        api.call("verifyEmailOtp")
                .with("token", token)
                .body(Map.of("verificationCode", mailbox.code(email)))
                .succeeds();
        api.call("enrollEmailMagicLink")
                .with("token", token)
                .body(Map.of("email", email))
                .succeeds();
        api.call("challengeEmailMagicLink").with("token", token).succeeds();
        var link = mailbox.link(email);
        api.call("showMagicLink").with("t", link).succeeds();
        var confirmed = api.call("confirmMagicLink").answersTo("application/x-www-form-urlencoded", "t=" + link);
        assertThat(confirmed.status()).isEqualTo(200);
        api.call("finishEmailMagicLink").with("token", token).succeeds();
    }

    private void ofABackendThatChallenges() {
        var email = "user-" + UUID.randomUUID() + "@example.com";
        var started = api.call("startChallenge")
                .body(Map.of("email", email))
                .succeeds()
                .text("challengeId");
        api.call("getChallenge").with("challengeId", started).succeeds();
        for (var code : List.of("not a code", mailbox.code(email))) {
            api.call("verifyChallenge")
                    .body(Map.of("challengeId", started, "verificationCode", code))
                    .succeeds();
        }
        api.call("claimChallenge")
                .body(Map.of("challengeId", started, "userId", "user-" + UUID.randomUUID()))
                .succeeds();
    }

    private void ofAPasskey() {
        var userId = "user-" + UUID.randomUUID();
        api.call("updateUser")
                .with("userId", userId)
                .body(Map.of("username", "ada", "displayName", "Ada"))
                .succeeds();
        var token = track(userId).text("token");
        var passkey = new SoftPasskey("http://localhost:" + sluice.api(0).url().getPort(), userId);
        api.call("startPasskeyWithCookies").with("token", token).succeeds();
        var started = api.call("startPasskey").with("token", token).succeeds();
        var finish = api.call("finishPasskey").with("token", token);
        finish.succeeds();
        finish.body(answer(
                        started,
                        "registrationCredential",
                        passkey.register(started.body().path("options"))))
                .succeeds();
        api.call("listAuthenticators").with("userId", userId).succeeds();

        api.call("startPasskeySignInWithCookies").succeeds();
        api.call("startPasskeySignIn").succeeds();
        api.call("askForPasskeyWithCookies").with("token", token).succeeds();
        var asked = api.call("askForPasskey").with("token", token).succeeds();
        var verify = api.call("verifyPasskey").with("token", token);
        var right = answer(
                asked, "authenticationCredential", passkey.answer(asked.body().path("options")));
        verify.body(right).succeeds();
        verify.body(right).succeeds();
        var again = api.call("askForPasskey").with("token", token).succeeds();
        var named = new HashMap<>(answer(
                again, "authenticationCredential", passkey.answer(again.body().path("options"))));
        named.put("deviceId", "phone");
        verify.body(named).succeeds();
        api.call("listAuthenticators").with("userId", userId).succeeds();
        api.call("findPasskey").with("credentialIds", passkey.credentialId()).succeeds();
    }

    private static Map<String, Object> answer(Answer given, String name, Map<String, Object> credential) {
        return Map.of("challengeId", given.text("challengeId"), name, credential);
    }

    private void ofABackendThatChanges() {
        var userId = "user-" + UUID.randomUUID();
        var tracked = track(userId);
        api.call("updateAction")
                .with("userId", userId)
                .with("action", "signIn")
                .with("idempotencyKey", tracked.text("idempotencyKey"))
                .succeeds();
        api.call("updateUser").with("userId", userId).succeeds();
        api.call("updateUserByPost").with("userId", userId).succeeds();
        var enroll = api.call("enrollVerifiedAuthenticator").with("userId", userId);
        enroll.body(Map.of("verificationMethod", "EMAIL_OTP", "email", "ada@example.com"))
                .succeeds();
        var added = enroll.succeeds().body().path("authenticator");
        api.call("listAuthenticators").with("userId", userId).succeeds();
        api.call("deleteAuthenticator")
                .with("userId", userId)
                .with("userAuthenticatorId", added.path("userAuthenticatorId").asText())
                .succeeds();
        api.call("deleteUser").with("userId", userId).succeeds();
    }

    private void ofABackendThatLooksForUsers() {
        var token = track("looked-for-1").text("token");
        var told = Map.of("email", "ada@lookup.example", "phoneNumber", "+15550155", "username", "ada-looked-for");
        for (var userId : List.of("looked-for-1", "looked-for-2")) {
            api.call("updateUser").with("userId", userId).body(told).succeeds();
        }
        api.call("findUsers")
                .with("phoneNumber", "+15550155")
                .with("limit", "1")
                .succeeds();
        api.call("findUsers").with("token", token).succeeds();
    }

    private void ofAUserWithAuthenticators() {
        var userId = "user-" + UUID.randomUUID();
        api.call("enrollVerifiedAuthenticator").with("userId", userId).succeeds();
        var token = trackInScope(userId).text("token");
        var id = api.call("listOwnAuthenticators")
                .with("token", token)
                .succeeds()
                .body()
                .path(0)
                .path("userAuthenticatorId")
                .asText();
        api.call("updateOwnAuthenticator")
                .with("token", token)
                .with("userAuthenticatorId", id)
                .succeeds();
        var codes = api.call("issueRecoveryCodes").with("token", token).succeeds();
        var code = codes.body().path("recoveryCodes").path(0).asText();
        api.call("verifyRecoveryCode")
                .with("token", token)
                .body(Map.of("verificationCode", code))
                .succeeds();
        api.call("removeOwnAuthenticator")
                .with("token", token)
                .with("userAuthenticatorId", id)
                .succeeds();
    }

    private Answer trackInScope(String userId) {
        return api.call("track")
                .with("userId", userId)
                .with("action", "settings")
                .body(Map.of("scope", String.join(" ", Token.SCOPES)))
                .succeeds();
    }

    private void ofSessions() {
        Person.awaitTheMiddleOfAStep();
        var userId = "user-" + UUID.randomUUID();
        var attributes = Map.of(
                "email", "ada@example.com",
                "emailVerified", true,
                "phoneNumber", "+15550100",
                "phoneNumberVerified", false,
                "username", "ada",
                "displayName", "Ada",
                "custom", Map.of("tier", "gold"));
        api.call("updateUser").with("userId", userId).body(attributes).succeeds();
        var token = track(userId).text("token");
        var secret = api.call("enrollTotp").with("token", token).succeeds().text("secret");
        verify(token, new Person(userId, secret).code(0));
        var made = api.call("createSession")
                .body(Map.of("clientId", "web", "token", token))
                .succeeds();
        var accessToken = Map.of("accessToken", made.text("accessToken"));
        api.call("validateSession").body(accessToken).succeeds();
        api.call("refreshSession")
                .body(Map.of("refreshToken", made.text("refreshToken")))
                .succeeds();
        api.call("revokeSession").body(accessToken).succeeds();
        api.call("revokeUserSessions").body(Map.of("userId", userId)).succeeds();
        api.call("getPublishedKeys").succeeds();
    }

    /** Of the sign-ins before, none of which the candidate lets in. */
    private void ofBacktests() {
        var id = api.call("createBacktest").succeeds().text("backtestId");
        var get = api.call("getBacktest").with("backtestId", id);
        Answer answer;
        do answer = get.succeeds();
        while (Set.of("WAITING", "RUNNING").contains(answer.text("state")));
        assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
        api.call("deleteBacktest").with("backtestId", id).succeeds();
    }

    private Answer track(String userId) {
        return api.call("track").with("userId", userId).with("action", "signIn").succeeds();
    }

    private Answer verify(String token, String code) {
        return api.call("verifyTotp")
                .with("token", token)
                .body(Map.of("verificationCode", code))
                .succeeds();
    }

    private void validate(String token) {
        api.call("validate").body(Map.of("token", token)).succeeds();
    }

    private void ofManagement(String name, String parameter, String field) {
        var key = api.call("create" + name).succeeds().text(field);
        api.call("get" + name).with(parameter, key).succeeds();
        api.call("update" + name).with(parameter, key).succeeds();
        api.call("delete" + name).with(parameter, key).succeeds();
    }

    @Test
    void givenEveryOperation_whenItIsRefused_thenItsAnswerIsTheDocuments() {
        var token = trackInScope("user-" + UUID.randomUUID()).text("token");
        api.operations().forEach(operation -> {
            var call = api.call(operation.id()).with("token", token);
            var nobody = operation.takesForm() ? call.answersTo(DocumentedApi.FORM, "t=none") : call.answersNobody();
            if (operation.mayAnswer("401")) assertThat(nobody.status()).isEqualTo(401);
            if (operation.mayAnswer("404")) assertThat(call.answers().status()).isEqualTo(404);
            if (operation.mayAnswer("413") && !operation.takesForm()) {
                var large = "{\"x\":\"" + "x".repeat(300_000) + "\"}";
                assertThat(call.answersTo("application/json", large).status()).isEqualTo(413);
                assertThat(call.answersTo("application/json", "[]").status()).isEqualTo(400);
                assertThat(call.answersTo("text/plain", "{}").status()).isEqualTo(415);
            }
        });

        assertThat(api.refused())
                .containsAll(api.operations().stream()
                        .filter(operation -> operation.mayAnswer("401") || operation.mayAnswer("404"))
                        .map(Operation::id)
                        .toList());
    }

    /** For each field a value of every kind and at every bound: the document and the handler are of one mind. */
    @Test
    void givenBodiesThatAreGoodAndBad_whenSent_thenThoseThatTheDocumentRefusesAreRefused() {
        var mutants = new BodyMutants(api);
        api.operations().stream()
                .filter(operation -> operation.mayAnswer("413") && !operation.takesForm())
                .forEach(mutants::send);

        assertThat(mutants.disagreements()).isEmpty();
        assertThat(mutants.sent()).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/openapi", "/asyncapi.json", "/console"})
    void givenWhatWasReadBefore_whenAskedForAgain_thenItIsSaidToBeTheSame(String path) throws Exception {
        var first = get(path, "none");
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var again = get(path, tag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(first.body()).doesNotContain(Sluice.API_SECRET, Sluice.MANAGEMENT_SECRET);
    }

    @Test
    void givenThePage_whenItIsServed_thenItMayRunNothingAndBeFramedByNobody() throws Exception {
        assertThat(get("/openapi", "none").headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
    }

    private HttpResponse<String> get(String path, String tag) throws Exception {
        var request = HttpRequest.newBuilder(sluice.api(0).url().resolve(path)).header("If-None-Match", tag);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
