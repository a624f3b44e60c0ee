package sluice.track.http.ui;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sluice.track.message.Wording;
import sluice.track.theme.Look;

/**
 * The page that a link in a mail leads to, as HTML. It has no script: its button is a form's.
 *
 * @param stage what it shows
 * @param tenantId whose page it is; empty where the link does not say
 * @param look what the tenant's theme makes of it
 * @param wording its texts
 * @param t what the form sends: the link's own query
 */
public record MagicLinkPage(Stage stage, Optional<String> tenantId, Look look, Wording wording, String t) {

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

        /** Id of the screen that it is, in the template and in the catalogue of texts. */
        String screen() {
            return "magic-link-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Nothing runs, nothing comes from elsewhere but the pictures and typefaces that the tenant's theme names, and nobody
     * frames it and has the button pressed.
     */
    public String contentSecurityPolicy() {
        return "default-src 'none'; " + Dress.policy(look)
                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    /** The page. Every value in it is escaped. */
    public String html() {
        var values = Map.of("language", wording.language(), "title", wording.text(stage.screen() + ".heading"), "t", t);
        return Template.MAGIC_LINK.filled(stage.screen(), values, Dress.markup(tenantId, look, wording), wording::text);
    }
}
