package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The font files of a typeface, each with the weight that it is for: a number, or an ascending range as text. A list is
 * replaced as a whole. A single weight as text, which the official client sends, becomes a number.
 */
final class Faces implements Field {
    private static final int FACES_MAX = 6;
    private static final int WEIGHT_MAX = 1000;
    private static final Pattern WEIGHT = Pattern.compile("(\\d{1,4})(?: (\\d{1,4}))?");
    private static final Group FACE =
            Group.empty().with("url", Leaf.url()).with("weight", (path, before, given) -> weight(path, given));

    @Override
    public JsonNode patched(String path, @Nullable JsonNode before, JsonNode given) {
        if (!given.isArray() || given.size() > FACES_MAX) {
            throw new RefusedFieldException(path, "a list of at most " + FACES_MAX + " faces");
        }
        var faces = JsonNodeFactory.instance.arrayNode();
        for (var each : given) {
            var at = path + "[" + faces.size() + "]";
            var face = FACE.patched(at, null, each);
            if (!face.has("url")) throw new RefusedFieldException(at, "a url");
            faces.add(face);
        }
        return faces;
    }

    /** Whether a value is a weight as it is kept. */
    static boolean isWeight(JsonNode value) {
        return (value.isInt() || value.isTextual()) && parsed(value.asText()).isPresent();
    }

    private static JsonNode weight(String path, JsonNode given) {
        return parsed(given.isInt() || given.isTextual() ? given.asText() : "")
                .orElseThrow(() -> new RefusedFieldException(
                        path, "a weight, 1 to " + WEIGHT_MAX + ", or an ascending range, such as 100 900"));
    }

    private static Optional<JsonNode> parsed(String text) {
        var weight = WEIGHT.matcher(text);
        if (!weight.matches()) return Optional.empty();
        var from = Integer.parseInt(weight.group(1));
        var to = weight.group(2) == null ? from : Integer.parseInt(weight.group(2));
        if (from < 1 || to > WEIGHT_MAX) return Optional.empty();
        if (weight.group(2) == null) return Optional.of(IntNode.valueOf(from));
        return from < to ? Optional.of(JsonNodeFactory.instance.textNode(from + " " + to)) : Optional.empty();
    }
}
