package sluice.track.http.ui;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page at the {@code url} of a track response, as HTML.
 *
 * @param view what it shows first
 * @param isEmbedded whether an SDK shows it in a frame or a window of its own, and listens to it
 * @param isEnrolmentForced whether an enrolment follows a challenge that was met
 * @param redirectUrl where it goes at the end
 * @param brand whose page it is, for people
 */
public record ChallengePage(
        View view, boolean isEmbedded, boolean isEnrolmentForced, Optional<String> redirectUrl, String brand) {
    private static final String TEMPLATE = UiFiles.text("challenge.html");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /**
     * What the page may do: run and load what is this server's own, and call nobody else. No inline script, no inline
     * style. Whoever embeds it by the SDK may frame it: a tenant can't name its origins yet. Where no SDK asked for a
     * frame, nobody may.
     */
    public String contentSecurityPolicy() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                + " form-action 'self'; base-uri 'none'; frame-ancestors " + (isEmbedded ? "*" : "'none'");
    }

    /** The page. Every value in it is escaped. */
    public String html() {
        var values = Map.of(
                "title", view.title(),
                "brand", brand,
                "mode", isEmbedded ? "popup" : "redirect",
                "then", isEnrolmentForced ? "enroll" : "",
                "redirectUrl", redirectUrl.orElse(""),
                "errorCode", view.errorCode(),
                "statusCode", String.valueOf(view.status()));
        var shown = "data-view=\"" + view.section() + '"';
        return PLACEHOLDER
                .matcher(TEMPLATE.replace(shown + " hidden", shown))
                .replaceAll(found -> Matcher.quoteReplacement(escaped(values, found.group(1))));
    }

    private static String escaped(Map<String, String> values, String name) {
        var value = values.get(name);
        if (value == null) throw new IllegalStateException("The template asks for " + name);
        return Html.escaped(value);
    }
}
