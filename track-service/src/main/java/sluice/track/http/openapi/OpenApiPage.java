package sluice.track.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import sluice.track.http.json.Json;
import sluice.track.http.openapi.OpenApiDocument.Operation;
import sluice.track.http.ui.Html;

/** The document as a page to read: no script, nothing inline, nothing of another host. */
record OpenApiPage(OpenApiDocument document) {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>The HTTP API of Sluice</title>
            <link rel="icon" href="/ui/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/ui/openapi.css">
            </head>
            """;

    String html() {
        var root = document.root();
        return HEAD + "<body>\n<header>\n<h1>The HTTP API of Sluice</h1>\n"
                + paragraph(root.path("info").path("description"))
                + "<p>For machines: <a href=\"/openapi.json\">openapi.json</a></p>\n</header>\n"
                + "<nav aria-label=\"Operations\">\n" + contents() + "</nav>\n<main>\n" + secrets()
                + each(root.path("tags"), this::tag) + responses() + schemas() + "</main>\n</body>\n</html>\n";
    }

    private String contents() {
        return "<ul>\n"
                + document.operations()
                        .map(operation -> "<li><a href=\"#" + Html.escaped(operation.id()) + "\">" + title(operation)
                                + "</a></li>\n")
                        .collect(Collectors.joining())
                + "</ul>\n";
    }

    private String secrets() {
        return "<section>\n<h2 id=\"secrets\">Who calls</h2>\n<dl>\n"
                + fields(
                        document.root().path("components").path("securitySchemes"),
                        (name, scheme) -> "<dt id=\"" + name + "\">" + name + "</dt><dd>HTTP "
                                + text(scheme.path("scheme")) + ". " + text(scheme.path("description")) + "</dd>\n")
                + "</dl>\n</section>\n";
    }

    private String tag(JsonNode tag) {
        var name = tag.path("name").asText();
        return "<section>\n<h2>" + Html.escaped(name) + "</h2>\n" + paragraph(tag.path("description"))
                + document.operations()
                        .filter(operation -> operation.isTagged(name))
                        .map(this::operation)
                        .collect(Collectors.joining())
                + "</section>\n";
    }

    private String operation(Operation operation) {
        var content = operation.content();
        return "<article>\n<h3 id=\"" + Html.escaped(operation.id()) + "\">" + title(operation) + "</h3>\n<p>"
                + text(content.path("summary")) + ". " + text(content.path("description")) + "</p>\n<dl>\n"
                + each(
                        content.path("security"),
                        scheme -> fields(scheme, (name, none) -> "<dt>called with</dt><dd>" + link(name) + "</dd>\n"))
                + operation.parameters().stream().map(OpenApiPage::parameter).collect(Collectors.joining())
                + body(content.path("requestBody"))
                + fields(content.path("responses"), this::answer)
                + "</dl>\n</article>\n";
    }

    private static String title(Operation operation) {
        return "<b>" + operation.method().toUpperCase(Locale.ROOT) + "</b> <code>" + Html.escaped(operation.path())
                + "</code>";
    }

    private static String parameter(JsonNode parameter) {
        return "<dt>" + text(parameter.path("in")) + " <code>" + text(parameter.path("name")) + "</code></dt><dd>"
                + TypeText.of(parameter.path("schema")) + ". " + text(parameter.path("description")) + "</dd>\n";
    }

    private static String body(JsonNode body) {
        if (body.isMissingNode()) return "";
        return "<dt>body</dt><dd>" + content(body) + (body.path("required").asBoolean() ? "" : ", or none") + "</dd>\n";
    }

    private String answer(String status, JsonNode response) {
        var reference = response.path("$ref").asText();
        var meaning = reference.isEmpty()
                ? text(response.path("description")) + " " + content(response)
                : link(Html.escaped(reference.substring(reference.lastIndexOf('/') + 1)));
        return "<dt>" + status + "</dt><dd>" + meaning + "</dd>\n";
    }

    private static String content(JsonNode holder) {
        return fields(
                holder.path("content"),
                (type, media) -> type.equals("application/json") ? TypeText.of(media.path("schema")) : type);
    }

    private String responses() {
        return "<section>\n<h2>Refusals</h2>\n<dl>\n"
                + fields(
                        document.root().path("components").path("responses"),
                        (name, response) -> "<dt id=\"" + name + "\">" + name + "</dt><dd>"
                                + text(response.path("description")) + " " + content(response) + "</dd>\n")
                + "</dl>\n</section>\n";
    }

    private String schemas() {
        return "<section>\n<h2>Bodies</h2>\n"
                + fields(document.root().path("components").path("schemas"), OpenApiPage::schema) + "</section>\n";
    }

    private static String schema(String name, JsonNode schema) {
        var required = each(schema.path("required"), field -> "|" + field.asText()) + "|";
        var fields = fields(
                schema.path("properties"),
                (field, type) -> "<dt><code>" + field + "</code>"
                        + (required.contains("|" + field + "|") ? " <small>always</small>" : "") + "</dt><dd>"
                        + TypeText.of(type) + ". " + text(type.path("description")) + "</dd>\n");
        return "<article>\n<h3 id=\"" + name + "\">" + name + "</h3>\n" + paragraph(schema.path("description"))
                + (fields.isEmpty() ? "<p>" + TypeText.of(schema) + "</p>\n" : "<dl>\n" + fields + "</dl>\n")
                + example(schema.path("example")) + "</article>\n";
    }

    private static String example(JsonNode example) {
        return example.isMissingNode()
                ? ""
                : "<pre tabindex=\"0\" aria-label=\"Example\">" + Html.escaped(Json.text(example)) + "</pre>\n";
    }

    private static String link(String name) {
        return "<a href=\"#" + name + "\">" + name + "</a>";
    }

    private static String paragraph(JsonNode text) {
        return text.isMissingNode() ? "" : "<p>" + text(text) + "</p>\n";
    }

    private static String text(JsonNode text) {
        return Html.escaped(text.asText());
    }

    private static String each(JsonNode list, Function<JsonNode, String> html) {
        return StreamSupport.stream(list.spliterator(), false).map(html).collect(Collectors.joining());
    }

    private static String fields(JsonNode object, BiFunction<String, JsonNode, String> html) {
        return object.properties().stream()
                .map(field -> html.apply(Html.escaped(field.getKey()), field.getValue()))
                .collect(Collectors.joining());
    }
}
