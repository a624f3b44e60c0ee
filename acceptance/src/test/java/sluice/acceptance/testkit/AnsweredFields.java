package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of the document's schemas answers had: one that no answer ever has is a promise that nobody keeps. */
final class AnsweredFields {
    private final JsonNode document;
    private final Set<String> promised = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();

    AnsweredFields(JsonNode document) {
        this.document = document;
    }

    /** Notes what a schema promises. */
    void promise(JsonNode schema) {
        promise("", schema);
    }

    private void promise(String name, JsonNode schema) {
        var at = resolved(schema);
        var named = name(name, schema);
        if (at.has("items")) promise(named, at.path("items"));
        at.path("properties").properties().forEach(field -> {
            promised.add(named + "." + field.getKey());
            promise(named + "." + field.getKey(), field.getValue());
        });
    }

    /** Notes what an answer has. */
    void see(JsonNode schema, JsonNode answer) {
        see("", schema, answer);
    }

    private void see(String name, JsonNode schema, JsonNode value) {
        var at = resolved(schema);
        var named = name(name, schema);
        if (value.isArray()) value.forEach(item -> see(named, at.path("items"), item));
        at.path("properties").properties().stream()
                .filter(field -> value.has(field.getKey()))
                .forEach(field -> {
                    seen.add(named + "." + field.getKey());
                    see(named + "." + field.getKey(), field.getValue(), value.path(field.getKey()));
                });
    }

    /** Fields that were promised and never seen, as {@code Schema.field}. */
    Set<String> unseen() {
        var unseen = new TreeSet<>(promised);
        unseen.removeAll(seen);
        return unseen;
    }

    private static String name(String name, JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? name : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }
}
