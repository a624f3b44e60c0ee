package sluice.track.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text of the pre-built pages or of a mail, as the catalogue tells of it (management contract).
 *
 * @param publicId its message id, such as {@code totp-code-entry.heading}
 * @param screen id of the screen that it is on
 * @param role what it is there
 * @param label what it is, for the tenant
 * @param products what has it: {@code pre-built-ui} or {@code email}
 * @param maxLength characters that a text in its place may have
 * @param allowedPlaceholders names that a text may have in braces, to be replaced by what they stand for
 * @param allowedTags none: every text is plain
 * @param defaultCopy the text by locale, as it is where nobody has replaced it
 */
public record Point(
        String publicId,
        String screen,
        String role,
        String label,
        List<String> products,
        int maxLength,
        List<String> allowedPlaceholders,
        List<String> allowedTags,
        Map<String, String> defaultCopy) {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z]");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String SUBJECT = "subject";

    public Point {
        products = List.copyOf(products);
        allowedPlaceholders = List.copyOf(allowedPlaceholders);
        allowedTags = List.copyOf(allowedTags);
        defaultCopy = Map.copyOf(defaultCopy);
    }

    /** What a text in its place would have to be, as a refusal says it; empty if it can be shown as it is. */
    Optional<String> objection(String text) {
        if (text.length() > maxLength) return Optional.of("a string of at most " + maxLength + " characters");
        if (role.equals(SUBJECT) && CONTROL.matcher(text).find()) return Optional.of("a text in one line");
        if (TAG.matcher(text).find()) return Optional.of("a text without tags");
        return placeholders(text).allMatch(allowedPlaceholders::contains)
                ? Optional.empty()
                : Optional.of("no placeholders but {" + String.join("}, {", allowedPlaceholders) + "}");
    }

    /** Whether the pre-built pages have it. */
    public boolean belongsToPages() {
        return products.contains("pre-built-ui");
    }

    private static Stream<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1));
    }
}
