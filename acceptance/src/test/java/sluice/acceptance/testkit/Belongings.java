package sluice.acceptance.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.DocumentedApi.Call;
import sluice.acceptance.testkit.DocumentedApi.Operation;

/**
 * One of everything that the API knows by an id, of the tenant of the tests: what nobody else may see, change or be told
 * of. Each has the name of the parameter, or of the body's field, that it goes into.
 */
public final class Belongings {
    private static final String SCOPES =
            "read:authenticators add:authenticators update:authenticators remove:authenticators";

    /** Fields of bodies that name something, and what; elsewhere nothing but parameters does. */
    private static final Map<String, Map<String, String>> IN_BODY = Map.ofEntries(
            Map.entry("validate", Map.of("token", "token")),
            Map.entry("startChallenge", Map.of("challengeId", "challengeId")),
            Map.entry("verifyChallenge", Map.of("challengeId", "challengeId")),
            Map.entry("claimChallenge", Map.of("challengeId", "challengeId", "userId", "userId")),
            Map.entry("createSession", Map.of("token", "token")),
            Map.entry("validateSession", Map.of("accessToken", "accessToken")),
            Map.entry("refreshSession", Map.of("refreshToken", "refreshToken")),
            Map.entry("revokeSession", Map.of("accessToken", "accessToken")),
            Map.entry("revokeUserSessions", Map.of("userId", "userId")),
            Map.entry("finishPasskey", Map.of("challengeId", "registrationId")),
            Map.entry("verifyPasskey", Map.of("challengeId", "authenticationId")),
            Map.entry("askForPasskey", Map.of("challengeId", "authenticationId")),
            Map.entry("askForPasskeyWithCookies", Map.of("challengeId", "authenticationId")),
            Map.entry("createActionConfiguration", Map.of("actionCode", "actionCode")));

    /** What the document's examples narrow a call down by. */
    private static final Set<String> NARROWING = Set.of("action", "userId", "clientIds");

    private final DocumentedApi api;
    private final Map<String, String> named;

    private Belongings(DocumentedApi api, Map<String, String> named) {
        this.api = api;
        this.named = named;
    }

    /** Makes them. */
    public static Belongings of(DocumentedApi api, String origin) {
        var named = new TreeMap<String, String>();
        var belongings = new Belongings(api, named);
        named.put("userId", "user-" + UUID.randomUUID());
        named.put("email", named.get("userId") + "@example.com");
        named.put("username", "name-of-" + named.get("userId"));
        belongings.makeConfiguration();
        belongings.makeUser(origin);
        belongings.makeSession();
        return belongings;
    }

    private void makeConfiguration() {
        var code = "browse-" + UUID.randomUUID();
        api.call("createActionConfiguration")
                .body(Map.of("actionCode", code, "defaultUserActionResult", "ALLOW"))
                .succeeds();
        named.put("actionCode", code);
        named.put("ruleId", call("createRule").succeeds().text("ruleId"));
        var list = Map.of("name", "list " + UUID.randomUUID(), "itemType", "string", "valueListItems", List.of("AQ"));
        named.put("alias", call("createValueList").body(list).succeeds().text("alias"));
        named.put("id", call("createCustomDataPoint").succeeds().text("id"));
        named.put("backtestId", call("createBacktest").succeeds().text("backtestId"));
        while (Set.of("WAITING", "RUNNING")
                .contains(call("getBacktest").succeeds().text("state"))) Thread.onSpinWait();
    }

    private void makeUser(String origin) {
        call("updateUser")
                .body(Map.of("email", value("email"), "username", value("username"), "displayName", "Ada"))
                .succeeds();
        var vouched = call("enrollVerifiedAuthenticator")
                .body(Map.of("verificationMethod", "EMAIL_OTP", "email", value("email")))
                .succeeds();
        named.put(
                "userAuthenticatorId",
                vouched.body().path("authenticator").path("userAuthenticatorId").asText());
        named.put("action", "signIn");
        var tracked = call("track").body(Map.of("scope", SCOPES)).succeeds();
        named.put("token", tracked.text("token"));
        named.put("idempotencyKey", tracked.text("idempotencyKey"));
        var passkey = new SoftPasskey(origin, value("userId"));
        var started = call("startPasskey").succeeds();
        var credential = passkey.register(started.body().path("options"));
        api.call("finishPasskey")
                .with("token", value("token"))
                .body(Map.of("challengeId", started.text("challengeId"), "registrationCredential", credential))
                .succeeds();
        named.put("credentialIds", passkey.credentialId());
        named.put("registrationId", call("startPasskey").succeeds().text("challengeId"));
        named.put("authenticationId", api.call("startPasskeySignIn").succeeds().text("challengeId"));
    }

    private void makeSession() {
        var token = api.call("track")
                .with("userId", value("userId"))
                .with("action", value("actionCode"))
                .body(Map.of())
                .succeeds()
                .text("token");
        var made = api.call("createSession")
                .body(Map.of("clientId", "web", "token", token))
                .succeeds();
        named.put("accessToken", made.text("accessToken"));
        named.put("refreshToken", made.text("refreshToken"));
        var challenge = Map.of("userId", value("userId"), "email", value("email"), "action", "signUp");
        named.put(
                "challengeId",
                api.call("startChallenge").body(challenge).succeeds().text("challengeId"));
    }

    /** What looks like these and is none: made up, or for what is signed or sealed, altered. */
    public Belongings unlikeAny() {
        var uuid = UUID.randomUUID().toString();
        var other = new TreeMap<String, String>();
        named.forEach((name, value) -> other.put(name, unlike(name, value, uuid)));
        return new Belongings(api, other);
    }

    private static String unlike(String name, String value, String uuid) {
        return switch (name) {
            case "action" -> value;
            case "credentialIds" -> "bm9uZQ";
            case "userId", "email", "username", "actionCode", "alias" -> value.replaceAll("[0-9a-f-]{36}", uuid);
            case "token", "accessToken", "refreshToken", "challengeId", "registrationId", "authenticationId" ->
                altered(value);
            default -> UUID.randomUUID().toString();
        };
    }

    /** The text with another character in the middle of its last third: inside a signature, or a tag. */
    public static String altered(String text) {
        var place = text.length() - text.length() / 6;
        var other = text.charAt(place) == 'A' ? 'B' : 'A';
        return text.substring(0, place) + other + text.substring(place + 1);
    }

    public String value(String name) {
        var value = named.get(name);
        if (value == null) throw new AssertionError("Nothing is named by " + name);
        return value;
    }

    /** Whether an operation names something that is somebody's. */
    public static boolean areNamedBy(Operation operation) {
        return !operation.parameters().isEmpty() || IN_BODY.containsKey(operation.id());
    }

    /** The call of an operation that names these wherever it names anything. */
    public Call call(String id) {
        var call = api.call(id);
        for (var parameter : api.operation(id).parameters()) {
            var name = parameter.path("name").asText();
            var value = named.get(name);
            if (value != null && isAskedFor(id, name)) call = call.with(name, value);
        }
        if (api.operation(id).securities().contains("clientToken")) call = call.with("token", value("token"));
        var fields = IN_BODY.get(id);
        return fields == null ? call : call.body(body(id, fields));
    }

    /** A query for a challenge by its id takes nothing else, and so does one for a user by their address. */
    private static boolean isAskedFor(String operation, String parameter) {
        return switch (operation) {
            case "getChallenge" -> parameter.equals("challengeId");
            case "findUsers" -> parameter.equals("email");
            default -> true;
        };
    }

    private Map<String, Object> body(String id, Map<String, String> fields) {
        var body = new HashMap<String, Object>();
        var example = api.bodySchema(api.operation(id)).path("example");
        example.properties().forEach(field -> body.put(field.getKey(), field.getValue()));
        body.keySet().removeAll(NARROWING);
        fields.forEach((field, name) -> body.put(field, value(name)));
        return body;
    }

    /** An answer without what differs from one thing to another of its kind: ids, secrets and times. */
    public String masked(Answer answer) {
        var text = answer.status() + " " + answer.body();
        for (var each : named.entrySet()) text = text.replace(each.getValue(), "<" + each.getKey() + ">");
        return text.replaceAll("[\\w-]{20,}(\\.[\\w-]+){2}", "<token>")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "<time>")
                .replaceAll("[\\w-]{43,}", "<sealed>")
                .replaceAll("(\\w{6}-){3}\\w{6}", "<code>")
                .replaceAll("\"timeout\":\\d+", "<timeout>")
                .replaceAll("\\d{10,}", "<epoch>");
    }

    /** Everything that their owner can read of them. */
    public Map<String, JsonNode> read() {
        var all = new TreeMap<String, JsonNode>();
        for (var operation : api.operations()) {
            if (isRead(operation)) {
                var answer = call(operation.id()).answers();
                assertThat(answer.status())
                        .as(operation.id() + ": " + answer.body())
                        .isEqualTo(200);
                all.put(operation.id(), answer.body());
            }
        }
        return all;
    }

    /** But for what is counted of outcomes, a moment after they are there. */
    private static boolean isRead(Operation operation) {
        return Set.of("validate", "validateSession").contains(operation.id())
                || (operation.method().equals("GET")
                        && !operation.securities().isEmpty()
                        && !operation.id().equals("getAggregates"));
    }
}
