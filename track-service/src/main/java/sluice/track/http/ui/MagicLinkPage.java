package sluice.track.http.ui;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page that a link in a mail leads to, as HTML. It has no script: its button is a form's.
 *
 * @param stage what it shows
 * @param brand whose page it is, for people
 * @param t what the form sends: the link's own query
 */
public record MagicLinkPage(Stage stage, String brand, String t) {
    /** Nothing runs, nothing comes from elsewhere, nobody frames it and has the button pressed. */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String TEMPLATE = UiFiles.text("magic-link.html");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    /** What the page shows. */
    public enum Stage {
        CONFIRM(200),
        DONE(200),
        GONE(401),
        BUSY(429),
        UNAVAILABLE(503);

        private final int status;

        Stage(int status) {
            this.status = status;
        }

        /** HTTP status of the page. */
        public int status() {
            return status;
        }
    }

    /** The page. Every value in it is escaped. */
    public String html() {
        var values = Map.of("brand", brand, "t", t);
        var shown = "data-stage=\"" + stage.name().toLowerCase(Locale.ROOT) + '"';
        return PLACEHOLDER
                .matcher(TEMPLATE.replace(shown + " hidden", shown))
                .replaceAll(found -> Matcher.quoteReplacement(Html.escaped(values.getOrDefault(found.group(1), ""))));
    }
}
