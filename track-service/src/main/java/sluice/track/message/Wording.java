package sluice.track.message;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that one reader sees: the tenant's where it has any for the reader's language, else for the language that
 * it is a variety of, else in English; else the catalogue's own.
 */
public final class Wording {
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9]{1,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}");

    private final String language;
    private final List<Map<String, String>> layers;
    private final Optional<String> tenantName;

    private Wording(String language, List<Map<String, String>> layers, Optional<String> tenantName) {
        this.language = language;
        this.layers = layers;
        this.tenantName = tenantName;
    }

    /**
     * Chooses the language and with it the texts (RFC 4647 section 3.4, look-up).
     *
     * @param overrides the tenant's texts: locale to message id to text
     * @param locale of the user, as the tenant's backend told it; weighs more than what the browser asks for
     * @param acceptLanguage the browser's header; one that can't be read counts as none
     * @param tenantName for people, if the tenant has such a name
     */
    public static Wording of(
            Map<String, Map<String, String>> overrides,
            Optional<String> locale,
            Optional<String> acceptLanguage,
            Optional<String> tenantName) {
        var byTag = overrides.entrySet().stream()
                .collect(toMap(each -> tag(each.getKey()), Map.Entry::getValue, (one, other) -> one));
        var tags = Stream.concat(byTag.keySet().stream(), Stream.of(Catalogue.LANGUAGE))
                .distinct()
                .sorted()
                .toList();
        var language = Stream.of(locale.map(Wording::tag), acceptLanguage)
                .flatMap(Optional::stream)
                .flatMap(ranges -> lookUp(ranges, tags).stream())
                .findFirst()
                .orElse(Catalogue.LANGUAGE);
        var layers = Stream.concat(itAndBroader(language), Stream.of(Catalogue.LANGUAGE))
                .distinct()
                .map(tag -> byTag.getOrDefault(tag, Map.of()))
                .toList();
        return new Wording(language, layers, tenantName);
    }

    /** Whether a text is the name of a locale, such as {@code en} or {@code pt-BR}. */
    public static boolean isLocale(String text) {
        return LOCALE.matcher(text).matches();
    }

    static String tag(String locale) {
        return locale.replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static Optional<String> lookUp(String ranges, List<String> tags) {
        try {
            return Optional.ofNullable(Locale.lookupTag(Locale.LanguageRange.parse(ranges), tags));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code pt-br}, then {@code pt}. */
    private static Stream<String> itAndBroader(String tag) {
        return Stream.iterate(
                tag, each -> !each.isEmpty(), each -> each.substring(0, Math.max(0, each.lastIndexOf('-'))));
    }

    /** The language that was chosen, as the page declares it: lower case, such as {@code pt-br}. */
    public String language() {
        return language;
    }

    /** Whose page it is: the tenant's name, or what stands for it. */
    public String brand() {
        return tenantName.orElseGet(() -> text("page.brand"));
    }

    /**
     * A text of the catalogue, its tenant's name filled in; other placeholders are the script's to fill. Whoever shows
     * it escapes it.
     *
     * @throws IllegalStateException if the catalogue has no such message
     */
    public String text(String messageId) {
        var point = Catalogue.pages().point(messageId);
        var text = layers.stream()
                .flatMap(layer -> Stream.ofNullable(layer.get(messageId)))
                .findFirst()
                .orElseGet(() -> point.defaultCopy().getOrDefault(Catalogue.LANGUAGE, ""));
        return filled(text, messageId);
    }

    private String filled(String text, String messageId) {
        return Point.PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals(Catalogue.TENANT_NAME) && !messageId.equals("page.brand")
                                ? brand()
                                : found.group()));
    }
}
