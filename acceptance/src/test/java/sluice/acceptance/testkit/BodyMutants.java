package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.DocumentedApi.Operation;

/**
 * Bodies that differ from the document's example in one field: each kind of value, each bound of the schema met and
 * passed. What the schema refuses the handler has to refuse, and take what it takes.
 */
public final class BodyMutants {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NO_SUCH_FIELD = "noSuchField";
    private static final String URL = "https://shop.example/";
    private static final int REFUSED = 400;

    /** Refusals for another reason than the field: of the state of things, or of two fields together. */
    private static final List<String> OTHER_REASONS = List.of(
            "The user has as many authenticators as can be.",
            "Too many mails.",
            "Too many mails to this address.",
            "Only EMAIL_OTP can be sent.",
            "email: expected an address, or a userId.",
            "The user has no address for e-mail.",
            "challengeId: expected the id of a challenge.",
            "There is no such challenge.",
            "of an action that was not stopped.",
            "valueListItems: expected items of the new itemType.",
            "valueListItems: expected a list of numbers.",
            "uri: expected no more than a QR code holds.",
            "challengeId: expected one that Sluice gave to this tenant's client.",
            "There are no rules of any action.",
            "An object has one member, an operator; this has 0.",
            "The action's token is invalid.",
            "The access token is invalid.",
            "The refresh token is invalid.");

    private static final Pattern KNOWN_FIELDS = Pattern.compile("(.*): expected one of the fields (.*)[.]");

    private final DocumentedApi api;
    private final JsonSchema schemas;
    private final List<String> disagreements = new ArrayList<>();
    private int sent;

    public BodyMutants(DocumentedApi api) {
        this.api = api;
        this.schemas = new JsonSchema(api.document(), false);
    }

    public List<String> disagreements() {
        return disagreements;
    }

    public int sent() {
        return sent;
    }

    /** Sends an operation every mutant of its example. */
    public void send(Operation operation) {
        var schema = api.bodySchema(operation);
        var values = existing(operation);
        for (var body : mutants(schema, (ObjectNode) schema.path("example"))) {
            var answer = call(operation.id(), values).body(body).answers();
            sent++;
            compare(operation.id(), schema, body, answer);
            if (answer.status() < REFUSED && operation.id().startsWith("create")) remove(operation, answer);
        }
        if (operation.id().startsWith("update")) removeAny(operation, values);
    }

    private void compare(String id, JsonNode schema, JsonNode body, Answer answer) {
        var faults = schemas.faults(schema, body);
        var description = answer.text("errorDescription");
        var isTaken = answer.status() < REFUSED;
        var isForAnotherReason = !isTaken && OTHER_REASONS.stream().anyMatch(description::endsWith);
        if (isTaken != faults.isEmpty() && !isForAnotherReason) {
            var shown = body.toString();
            disagreements.add("%s: answered %d %s; by the document %s; sent %s"
                    .formatted(
                            id,
                            answer.status(),
                            description,
                            faults,
                            shown.substring(0, Math.min(300, shown.length()))));
        }
        var known = KNOWN_FIELDS.matcher(description);
        if (known.matches())
            compareFields(id, schema, known.group(1), Set.of(known.group(2).split(", ", -1)));
    }

    /** A handler that refuses a field names those that it knows. */
    private void compareFields(String id, JsonNode schema, String path, Set<String> known) {
        var at = schema;
        for (var name : path.replace(NO_SUCH_FIELD, "").split("[.]", -1)) {
            var field = name.replaceAll("\\[\\d+]", "");
            if (!field.isEmpty()) at = resolved(at.path("properties").path(field));
            if (name.endsWith("]")) at = resolved(at.path("items"));
        }
        var documented = at.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!documented.equals(known))
            disagreements.add(id + ": " + path + " knows " + known + ", documented " + documented);
    }

    private DocumentedApi.Call call(String id, Map<String, String> values) {
        var call = api.call(id);
        for (var value : values.entrySet()) call = call.with(value.getKey(), value.getValue());
        return call;
    }

    /** What the operation's path and token name: a user who is there, a resource made for this. */
    private Map<String, String> existing(Operation operation) {
        if (operation.security().equals("managementSecret")) {
            var values = new HashMap<String, String>();
            var names = names(operation);
            if (names.contains("ruleId") || operation.id().equals("createRule")) values.put("actionCode", "transfer");
            if (names.isEmpty() || !operation.id().startsWith("update")) return values;
            var name = names.get(names.size() - 1);
            var created =
                    call(operation.id().replace("update", "create"), values).succeeds();
            values.put(name, created.text(name));
            return values;
        }
        var userId = "user-" + UUID.randomUUID();
        var tracked =
                call("track", Map.of("userId", userId, "action", "signIn")).succeeds();
        return Map.of(
                "userId",
                userId,
                "action",
                "signIn",
                "token",
                tracked.text("token"),
                "idempotencyKey",
                tracked.text("idempotencyKey"));
    }

    /** Makes room for the next one of the same name. */
    private void remove(Operation created, Answer answer) {
        var delete = created.id().replace("create", "delete");
        var names = names(api.operation(delete));
        call(delete, names.stream().collect(Collectors.toMap(name -> name, answer::text)))
                .succeeds();
    }

    private static List<String> names(Operation operation) {
        return operation.parameters().stream()
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    private void removeAny(Operation updated, Map<String, String> values) {
        var isOfMany = updated.security().equals("managementSecret") && !values.isEmpty();
        if (isOfMany) call(updated.id().replace("update", "delete"), values).succeeds();
    }

    private List<JsonNode> mutants(JsonNode schema, ObjectNode example) {
        var mutants = new ArrayList<JsonNode>();
        mutants.add(example.deepCopy().put(NO_SUCH_FIELD, 1));
        resolved(schema).path("properties").properties().forEach(field -> {
            var name = field.getKey();
            mutants.add(example.deepCopy().without(List.of(name)));
            values(field.getValue(), example.path(name))
                    .forEach(value -> mutants.add(example.deepCopy().set(name, value)));
        });
        return mutants;
    }

    /** Values for one field, good and bad. */
    private Stream<JsonNode> values(JsonNode given, JsonNode example) {
        var schema = resolved(given);
        var simple = Stream.<JsonNode>of(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.numberNode(7),
                JSON.numberNode(-1.5),
                JSON.textNode(""),
                JSON.textNode("NO SUCH WORD"),
                JSON.objectNode(),
                JSON.arrayNode(),
                JSON.arrayNode().add(true));
        var bounded = new ArrayList<JsonNode>();
        if (schema.has("maxLength") && !schema.has("items")) {
            var max = schema.path("maxLength").asInt();
            bounded.add(text(schema, example, max));
            bounded.add(text(schema, example, max + 1));
        }
        if (schema.has("maximum")) {
            bounded.add(schema.path("maximum"));
            bounded.add(JSON.numberNode(schema.path("maximum").asInt() + 1));
        }
        if (schema.has("maxItems")) {
            bounded.add(list(schema, schema.path("maxItems").asInt()));
            bounded.add(list(schema, schema.path("maxItems").asInt() + 1));
        }
        if (schema.has("maxProperties")) {
            bounded.add(object(schema, schema.path("maxProperties").asInt()));
            bounded.add(object(schema, schema.path("maxProperties").asInt() + 1));
        }
        schema.path("enum").forEach(bounded::add);
        if (schema.has("properties")) {
            bounded.addAll(mutants(schema, example.isObject() ? (ObjectNode) example : JSON.objectNode()));
        }
        return Stream.concat(simple, bounded.stream());
    }

    private static JsonNode text(JsonNode schema, JsonNode example, int length) {
        var start = schema.path("format").asText().equals("uri") && !example.isTextual() ? URL : example.asText();
        if (start.length() > length) return JSON.textNode("x".repeat(length));
        return JSON.textNode(start + "x".repeat(length - start.length()));
    }

    private JsonNode list(JsonNode schema, int size) {
        var items = resolved(schema.path("items"));
        JsonNode item = items.has("enum") ? items.path("enum").get(0) : JSON.textNode("x");
        if (items.has("properties")) item = JSON.objectNode().put("url", URL);
        var list = JSON.arrayNode();
        for (var i = 0; i < size; i++) list.add(item);
        return list;
    }

    private static JsonNode object(JsonNode schema, int size) {
        var isOfObjects =
                schema.path("additionalProperties").path("type").asText().equals("object");
        var object = JSON.objectNode();
        for (var i = 0; i < size; i++) {
            if (isOfObjects) object.putObject("l" + i).put("a", "b");
            else object.put("n" + i, i);
        }
        return object;
    }

    /** The schema itself where it is a reference or may be null as well. */
    private JsonNode resolved(JsonNode schema) {
        if (schema.has("anyOf")) return resolved(schema.path("anyOf").get(0));
        return schema.has("$ref")
                ? api.document().at(schema.path("$ref").asText().substring(1))
                : schema;
    }
}
