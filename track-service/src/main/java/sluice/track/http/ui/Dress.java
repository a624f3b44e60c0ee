package sluice.track.http.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.track.message.Wording;
import sluice.track.theme.Look;

/** What a theme puts on a page, as HTML and as a part of the page's policy. */
final class Dress {
    private Dress() {}

    /** Directives for this server's own styles and pictures, and for those that the theme names. */
    static String policy(Look look) {
        return "style-src 'self'; img-src " + sources("'self' data:", look.imageOrigins()) + ";"
                + (look.fontOrigins().isEmpty() ? "" : " font-src " + String.join(" ", look.fontOrigins()) + ";");
    }

    private static String sources(String own, List<String> origins) {
        return origins.isEmpty() ? own : own + " " + String.join(" ", origins);
    }

    /** HTML by name, for a template. */
    static Map<String, String> markup(Optional<String> tenantId, Look look, Wording wording) {
        return Map.of(
                "icons", Pictures.icons(look.favicon()),
                "logo", Pictures.logo(look.logo(), wording.brand()),
                "watermark", Pictures.watermark(look.watermark()),
                "styleSheet", styleSheet(tenantId, look));
    }

    private static String styleSheet(Optional<String> tenantId, Look look) {
        if (tenantId.isEmpty() || look.styleSheet().isEmpty()) return "";
        var tenant = URLEncoder.encode(tenantId.get(), StandardCharsets.UTF_8);
        var version = UiFiles.styleSheet(look.styleSheet()).version();
        return "<link rel=\"stylesheet\" href=\"/ui/theme.css?tenant=" + tenant + "&amp;v=" + version + "\">";
    }
}
