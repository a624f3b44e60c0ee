package sluice.track.http.ui;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import sluice.track.http.json.Json;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.theme.Look;

/**
 * The page at the {@code url} of a track response, as HTML.
 *
 * @param steps what can be done on it
 * @param visit how it was asked for
 * @param tenantId whose page it is; empty where the link does not say
 * @param origins whose pages may frame it, hear from it and be gone to from it
 * @param endsWithEnrolment whether nothing is shown after an enrolment
 * @param look what the tenant's theme makes of it
 * @param wording its texts
 */
public record Page(
        Steps steps,
        Visit visit,
        Optional<String> tenantId,
        AllowedOrigins origins,
        boolean endsWithEnrolment,
        Look look,
        Wording wording) {

    /**
     * How a page was asked for.
     *
     * @param isEmbedded whether an SDK shows it in a frame or a window of its own, and listens to it
     * @param isEnrolmentForced whether an enrolment follows a challenge that was met
     * @param isForSettings whether the user's authenticators are shown in the end
     * @param redirectUrl where it goes at the end
     */
    public record Visit(
            boolean isEmbedded, boolean isEnrolmentForced, boolean isForSettings, Optional<String> redirectUrl) {}

    /**
     * What the page may do: run and load what is this server's own, show the pictures and typefaces that the tenant's
     * theme names, and call nobody else. No inline script, no inline style. The tenant's origins may frame it where the
     * SDK asks for a frame, any if it has set none; where no SDK asks, nobody may.
     */
    public String contentSecurityPolicy() {
        return "default-src 'none'; script-src 'self'; " + Dress.policy(look)
                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors " + ancestors();
    }

    private String ancestors() {
        if (!visit.isEmbedded()) return "'none'";
        var listed = origins.listed();
        if (listed.isEmpty()) return "*";
        return listed.get().isEmpty() ? "'none'" : String.join(" ", listed.get());
    }

    /** The page. Every value in it is escaped. */
    public String html() {
        return Template.PAGE.filled(
                steps.first().screen(), values(), Dress.markup(tenantId, look, wording), wording::text);
    }

    private Map<String, String> values() {
        var view = steps.first();
        return Map.ofEntries(
                entry("language", wording.language()),
                entry("title", wording.text(view.screen() + ".heading")),
                entry("mode", visit.isEmbedded() ? "popup" : "redirect"),
                entry("then", visit.isEnrolmentForced() ? "enroll" : visit.isForSettings() ? "settings" : ""),
                entry("methods", Steps.names(steps.methods())),
                entry("enrollable", Steps.names(steps.enrollable())),
                entry("rights", Steps.names(steps.rights())),
                entry("recoveryCodes", steps.offersRecoveryCodes() ? "offered" : ""),
                entry("hasRecoveryCodes", String.valueOf(steps.hasRecoveryCodes())),
                entry("afterEnrolment", endsWithEnrolment ? "finish" : ""),
                entry("redirectUrl", visit.redirectUrl().filter(origins::allow).orElse("")),
                entry(
                        "allowedOrigins",
                        origins.listed().map(listed -> String.join(" ", listed)).orElse("*")),
                entry("errorCode", view.errorCode()),
                entry("statusCode", String.valueOf(view.status())),
                entry("texts", texts()));
    }

    private String texts() {
        var texts = JsonNodeFactory.instance.objectNode();
        Template.scriptTextIds().forEach(id -> texts.put(id, wording.text(id)));
        return Json.text(texts);
    }
}
