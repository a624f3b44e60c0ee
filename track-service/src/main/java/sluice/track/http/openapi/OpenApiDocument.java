package sluice.track.http.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.track.http.json.Json;

/**
 * The OpenAPI document.
 *
 * @param text as it is served
 * @param root the same, read
 */
record OpenApiDocument(String text, JsonNode root) {
    private static final String NAME = "openapi.json";

    /** Methods in the order that people read them in. */
    private static final List<String> METHODS = List.of("get", "post", "patch", "delete");

    /** One method of one path. */
    record Operation(String method, String path, List<JsonNode> parameters, JsonNode content) {
        String id() {
            return content.path("operationId").asText();
        }

        boolean isTagged(String tag) {
            return tag.equals(content.path("tags").path(0).asText());
        }
    }

    static OpenApiDocument load() {
        try (var in = OpenApiDocument.class.getResourceAsStream(NAME)) {
            if (in == null) throw new IllegalStateException("The jar lacks " + NAME);
            var text = new String(in.readAllBytes(), UTF_8);
            return new OpenApiDocument(text, Json.MAPPER.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every operation, as the document orders them. */
    Stream<Operation> operations() {
        return root.path("paths").properties().stream()
                .flatMap(path -> METHODS.stream().filter(path.getValue()::has).map(method -> operation(method, path)));
    }

    private Operation operation(String method, Map.Entry<String, JsonNode> path) {
        var content = path.getValue().path(method);
        var parameters = Stream.of(path.getValue(), content)
                .flatMap(
                        holder -> StreamSupport.stream(holder.path("parameters").spliterator(), false))
                .map(this::resolved)
                .toList();
        return new Operation(method, path.getKey(), parameters, content);
    }

    /** What a reference leads to; anything else is itself. */
    JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }
}
