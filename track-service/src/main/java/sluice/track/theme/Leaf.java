package sluice.track.theme;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that is taken as given or refused. Texts here end up in style sheets and attributes of pages, so nothing is
 * taken that could end a CSS value, a quoted string or a {@code url()}.
 */
record Leaf(String expectation, Predicate<JsonNode> accepts) implements Field {
    private static final int URL_LENGTH_MAX = 2048;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z-]{0,31}");

    /** Printable ASCII without quotes, brackets and backslash: percent-encoded they mean the same to a server. */
    private static final Pattern URL_CHARACTERS = Pattern.compile("[!#-&*-;=?-\\[\\]_a-z~]+");

    @Override
    public JsonNode patched(String path, @Nullable JsonNode before, JsonNode given) {
        if (!accepts.test(given)) throw new RefusedFieldException(path, expectation);
        return given;
    }

    /** A CSS colour: hexadecimal or one of the named. */
    static Leaf colour() {
        return text("a CSS colour, such as #1a2b3c or navy", Colours::isColour);
    }

    /** An absolute http or https URL. */
    static Leaf url() {
        return text("an http or https URL, quotes and parentheses percent-encoded", Leaf::isUrl);
    }

    /** A text for people to read. Whoever shows it escapes it. */
    static Leaf title(int lengthMax) {
        return text(
                "a string of at most " + lengthMax + " characters",
                text -> text.length() <= lengthMax && UTF_8.newEncoder().canEncode(text));
    }

    static Leaf oneOf(String... words) {
        return text("one of " + String.join(", ", words), Arrays.asList(words)::contains);
    }

    /** A keyword, where the contract does not say which there are. */
    static Leaf word() {
        return text(
                "a keyword of letters and hyphens", text -> WORD.matcher(text).matches());
    }

    static Leaf whole(int max) {
        return new Leaf(
                "a whole number, 0 to " + max,
                value -> value.isInt() && value.intValue() >= 0 && value.intValue() <= max);
    }

    static Leaf flag() {
        return new Leaf("true or false", JsonNode::isBoolean);
    }

    private static Leaf text(String expectation, Predicate<String> accepts) {
        return new Leaf(expectation, value -> value.isTextual() && accepts.test(value.textValue()));
    }

    private static boolean isUrl(String text) {
        if (text.length() > URL_LENGTH_MAX || !URL_CHARACTERS.matcher(text).matches()) return false;
        try {
            var url = new URI(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
