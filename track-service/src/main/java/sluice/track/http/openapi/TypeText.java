package sluice.track.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import sluice.track.http.ui.Html;

/** A schema in a few words of HTML: what a value may be. Objects that have a name are links to where they are told. */
final class TypeText {
    private TypeText() {}

    static String of(JsonNode schema) {
        if (schema.has("$ref")) return link(schema.path("$ref").asText());
        if (schema.has("anyOf")) {
            return each(schema.path("anyOf")).stream().map(TypeText::of).collect(Collectors.joining(" or "));
        }
        if (schema.has("enum")) return "one of " + list(schema.path("enum"));
        var words = new ArrayList<String>();
        words.add(types(schema));
        words.addAll(bounds(schema));
        return String.join(", ", words);
    }

    private static String link(String reference) {
        var name = Html.escaped(reference.substring(reference.lastIndexOf('/') + 1));
        return "<a href=\"#" + name + "\">" + name + "</a>";
    }

    private static String types(JsonNode schema) {
        var type = schema.path("type");
        var names = type.isArray() ? each(type).stream().map(JsonNode::asText).toList() : List.of(type.asText("any"));
        return names.stream()
                .map(name -> switch (name) {
                    case "array" -> "list of (" + of(schema.path("items")) + ")";
                    case "object" -> object(schema);
                    default -> name;
                })
                .collect(Collectors.joining(" or "));
    }

    private static String object(JsonNode schema) {
        if (schema.path("properties").size() > 0) {
            return "object of "
                    + schema.path("properties").properties().stream()
                            .map(field ->
                                    "<code>" + Html.escaped(field.getKey()) + "</code> (" + of(field.getValue()) + ")")
                            .collect(Collectors.joining(", "));
        }
        return schema.path("additionalProperties").isObject()
                ? "object with, by name, (" + of(schema.path("additionalProperties")) + ")"
                : "object";
    }

    private static List<String> bounds(JsonNode schema) {
        var words = new ArrayList<String>();
        schema.properties().forEach(keyword -> {
            var value = Html.escaped(keyword.getValue().asText());
            switch (keyword.getKey()) {
                case "format" -> words.add(value);
                case "minLength" -> words.add(value.equals("1") ? "not empty" : "at least " + value + " characters");
                case "maxLength" -> words.add("at most " + value + " characters");
                case "minimum" -> words.add("from " + value);
                case "maximum" -> words.add("to " + value);
                case "maxItems", "maxProperties" -> words.add("at most " + value);
                case "pattern" -> words.add("<code>" + value + "</code>");
                default -> {
                    // the others are told elsewhere
                }
            }
        });
        return words;
    }

    private static String list(JsonNode values) {
        return each(values).stream()
                .map(value -> "<code>" + Html.escaped(value.asText()) + "</code>")
                .collect(Collectors.joining(", "));
    }

    private static List<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
