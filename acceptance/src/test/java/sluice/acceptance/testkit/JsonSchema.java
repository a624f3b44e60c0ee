package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The part of JSON Schema that the OpenAPI document uses. A keyword that is not known here is an error, so that none
 * goes unchecked.
 *
 * @param document that references lead into
 * @param isClosed whether a field that is not listed is a fault, as it is in answers, where no keyword says otherwise
 */
public record JsonSchema(JsonNode document, boolean isClosed) {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** What is wrong with a value, each with its place; nothing if it is as the schema says. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        return faults(schema, value, "").toList();
    }

    private Stream<String> faults(JsonNode schema, JsonNode value, String at) {
        var faults = new ArrayList<String>();
        for (var keyword : schema.properties()) {
            faults.addAll(faults(schema, keyword.getKey(), keyword.getValue(), value, at)
                    .toList());
        }
        return faults.stream();
    }

    private Stream<String> faults(JsonNode schema, String keyword, JsonNode limit, JsonNode value, String at) {
        return switch (keyword) {
            case "description", "example" -> none();
            case "required" -> missing(limit, value, at);
            case "$ref" -> faults(document.at(limit.asText().substring(1)), value, at);
            case "anyOf" ->
                unless(
                        each(limit)
                                .anyMatch(
                                        one -> faults(one, value, at).findAny().isEmpty()),
                        at,
                        value,
                        limit);
            case "type" -> unless(types(limit).anyMatch(type -> isOf(type, value)), at, value, limit);
            case "enum" -> unless(each(limit).anyMatch(value::equals), at, value, limit);
            case "properties" -> ofProperties(schema, limit, value, at);
            case "additionalProperties" -> ofOthers(schema, limit, value, at);
            case "propertyNames" ->
                value.properties().stream().flatMap(field -> faults(limit, textOf(field.getKey()), at + " name"));
            case "items" -> value.isArray() ? each(value).flatMap(item -> faults(limit, item, at + "[]")) : none();
            default -> unless(isWithin(keyword, limit, value), at, value, limit);
        };
    }

    private static boolean isWithin(String keyword, JsonNode limit, JsonNode value) {
        return switch (keyword) {
            case "maxProperties" -> value.properties().size() <= limit.asInt();
            case "maxItems" -> !value.isArray() || value.size() <= limit.asInt();
            case "minLength" -> !value.isTextual() || value.textValue().length() >= limit.asInt();
            case "maxLength" -> !value.isTextual() || value.textValue().length() <= limit.asInt();
            case "minimum" -> !value.isNumber() || value.doubleValue() >= limit.doubleValue();
            case "maximum" -> !value.isNumber() || value.doubleValue() <= limit.doubleValue();
            case "pattern" ->
                !value.isTextual()
                        || Pattern.compile(limit.asText())
                                .matcher(value.textValue())
                                .find();
            case "format" -> !value.isTextual() || isOfFormat(limit.asText(), value.textValue());
            default -> throw new AssertionError("A keyword that is not checked yet: " + keyword);
        };
    }

    private Stream<String> ofProperties(JsonNode schema, JsonNode properties, JsonNode value, String at) {
        var known = value.properties().stream()
                .filter(field -> properties.has(field.getKey()))
                .flatMap(field -> faults(properties.get(field.getKey()), field.getValue(), at + "." + field.getKey()));
        return isClosed && !schema.has("additionalProperties")
                ? Stream.concat(known, unknown(properties, value, at))
                : known;
    }

    private Stream<String> ofOthers(JsonNode schema, JsonNode others, JsonNode value, String at) {
        var properties = schema.path("properties");
        if (others.isBoolean()) return others.booleanValue() ? none() : unknown(properties, value, at);
        return value.properties().stream()
                .filter(field -> !properties.has(field.getKey()))
                .flatMap(field -> faults(others, field.getValue(), at + "." + field.getKey()));
    }

    private static Stream<String> unknown(JsonNode properties, JsonNode value, String at) {
        return value.properties().stream()
                .filter(field -> !properties.has(field.getKey()))
                .map(field -> at + "." + field.getKey() + ": not in the document");
    }

    private static Stream<String> missing(JsonNode names, JsonNode value, String at) {
        return each(names)
                .map(JsonNode::asText)
                .filter(name -> value.isObject() && !value.has(name))
                .map(name -> at + "." + name + ": missing");
    }

    private static Stream<String> unless(boolean isFine, String at, JsonNode value, JsonNode limit) {
        var shown = value.toString();
        return isFine
                ? none()
                : Stream.of(at + ": " + shown.substring(0, Math.min(80, shown.length())) + " against " + limit);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("No type of JSON: " + type);
        };
    }

    private static boolean isOfFormat(String format, String text) {
        return switch (format) {
            case "date-time" -> text.matches(TIME);
            case "uuid" -> text.matches(UUID);
            case "uri" -> isUri(text);
            default -> throw new AssertionError("A format that is not checked yet: " + format);
        };
    }

    private static boolean isUri(String text) {
        try {
            return URI.create(text).isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Stream<String> types(JsonNode type) {
        return type.isArray() ? each(type).map(JsonNode::asText) : Stream.of(type.asText());
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static JsonNode textOf(String text) {
        return TextNode.valueOf(text);
    }

    private static Stream<String> none() {
        return Stream.empty();
    }
}
