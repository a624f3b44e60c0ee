package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;

/**
 * Declarations of a style sheet, each of a value of its kind. A value of another kind is left out, whoever wrote it to
 * the log: nothing gets into a style sheet unread.
 */
final class Declarations {
    private static final Leaf COLOUR = Leaf.colour();
    private static final Leaf URL = Leaf.url();
    private static final Leaf PIXELS = Leaf.whole(Theme.PIXELS_MAX);
    private static final Leaf FLAG = Leaf.flag();

    private final StringBuilder text = new StringBuilder();

    Declarations colour(String property, JsonNode value) {
        return add(property, value, COLOUR, JsonNode::textValue);
    }

    Declarations pixels(String property, JsonNode value) {
        return add(property, value, PIXELS, pixels -> pixels.intValue() + "px");
    }

    Declarations picture(String property, JsonNode value) {
        return add(property, value, URL, url -> "url(\"" + url.textValue() + "\")");
    }

    /** One of two values, both ours. */
    Declarations either(String property, JsonNode value, String whenTrue, String whenFalse) {
        return add(property, value, FLAG, flag -> flag.booleanValue() ? whenTrue : whenFalse);
    }

    /** A keyword's value in CSS, each of them ours. */
    Declarations chosen(String property, JsonNode value, Map<String, String> values) {
        var leaf = Leaf.oneOf(values.keySet().toArray(String[]::new));
        return add(property, value, leaf, word -> values.getOrDefault(word.textValue(), ""));
    }

    /** A value of ours. */
    Declarations fixed(String property, String value) {
        text.append(property).append(':').append(value).append(';');
        return this;
    }

    private Declarations add(String property, JsonNode value, Leaf kind, Function<JsonNode, String> written) {
        return kind.accepts().test(value) ? fixed(property, written.apply(value)) : this;
    }

    /** The rule with these declarations; nothing if there are none. */
    String rule(String selector) {
        return text.isEmpty() ? "" : selector + "{" + text + "}\n";
    }
}
