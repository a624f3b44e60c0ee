package sluice.track.http.ui;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.track.message.Catalogue;
import sluice.track.message.Point;

/**
 * A page's HTML with its screens, before anything is filled in. <code>{{name}}</code> stands for a value or, with a
 * dot, for a text of the catalogue; either is escaped. <code>{{{name}}}</code> stands for HTML.
 */
final class Template {
    /** Each of them {@code screens/<name>.html}, and known by that name to scripts and to the catalogue of texts. */
    private static final List<String> SCREENS = List.of(
            "totp-enrollment",
            "totp-code-entry",
            "passkey-entry",
            "passkey-enrollment",
            "email-code-entry",
            "email-code-enrollment",
            "email-link",
            "email-link-enrollment",
            "method-choice",
            "enrollment-choice",
            "recovery-code-entry",
            "recovery-codes",
            "settings",
            "remove-authenticator",
            "success",
            "failed",
            "blocked",
            "review",
            "expired",
            "invalid",
            "unsupported",
            "unavailable",
            "cancelled");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\{?)([\\w.-]+)}}}?");

    /** The page of a challenge. */
    static final Template PAGE = new Template(whole());

    /** The page that a link in a mail leads to. */
    static final Template MAGIC_LINK = new Template(UiFiles.text("magic-link.html"));

    private final String html;

    private Template(String html) {
        this.html = html;
    }

    private static String whole() {
        var screens = SCREENS.stream()
                .map(name -> UiFiles.text("screens/" + name + ".html").indent(10))
                .collect(Collectors.joining("\n"));
        var preloads = UiFiles.MODULES.stream()
                .map(name -> "<link rel=\"modulepreload\" href=\"/ui/" + name + "\">")
                .collect(Collectors.joining("\n    "));
        return UiFiles.text("page.html").replace("{{{screens}}}", screens).replace("{{{preloads}}}", preloads);
    }

    /** Ids of the texts that stand in the page. */
    Set<String> textIds() {
        return PLACEHOLDER
                .matcher(html)
                .results()
                .map(found -> found.group(2))
                .filter(name -> name.contains("."))
                .collect(Collectors.toSet());
    }

    /** Ids of the texts that stand nowhere in a page: the scripts of the challenge's page set them. */
    static List<String> scriptTextIds() {
        var inPages = Stream.of(PAGE, MAGIC_LINK)
                .flatMap(page -> page.textIds().stream())
                .collect(Collectors.toSet());
        return Catalogue.pages().points().stream()
                .filter(Point::belongsToPages)
                .map(Point::publicId)
                .filter(id -> !inPages.contains(id))
                .toList();
    }

    /**
     * The page with one screen shown.
     *
     * @param values by name, to be escaped
     * @param markup by name, as it is
     * @param texts by message id, to be escaped
     */
    String filled(String screen, Map<String, String> values, Map<String, String> markup, UnaryOperator<String> texts) {
        var shown = "data-screen=\"" + screen + '"';
        return PLACEHOLDER.matcher(html.replace(shown + " hidden", shown)).replaceAll(found -> {
            var name = found.group(2);
            if (!found.group(1).isEmpty()) return Matcher.quoteReplacement(known(markup, name));
            var text = name.contains(".") ? texts.apply(name) : known(values, name);
            return Matcher.quoteReplacement(Html.escaped(text));
        });
    }

    private static String known(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) throw new IllegalStateException("The template asks for " + name);
        return value;
    }
}
