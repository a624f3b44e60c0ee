package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/**
 * A theme as a style sheet. It sets custom properties that the pages' own sheet has defaults for: {@code
 * colors.buttonPrimaryText} is {@code --button-primary-text}. Shapes, typefaces and pictures of the light mode hold in
 * the dark one too unless that has its own; colours don't: on a dark page a light one's would not be read.
 */
final class StyleSheet {
    private static final String ROOT = ":root";
    private static final Map<String, String> TEXT_ALIGNMENTS =
            Map.of("left", "left", "center", "center", "right", "right");
    private static final Map<String, String> ITEM_ALIGNMENTS =
            Map.of("left", "flex-start", "center", "center", "right", "flex-end");

    /** The container without the logo, as the container with it looks elsewhere. */
    private static final String LOGO_OUTSIDE = """
            #widget_container{padding:0;border-color:transparent;background:none;box-shadow:none}
            #widget_container .card{padding:var(--container-padding);border:1px solid var(--container-border);\
            border-radius:var(--container-border-radius);background:var(--container-background);\
            box-shadow:var(--container-shadow)}
            """;

    private StyleSheet() {}

    static String of(JsonNode theme) {
        var dark = theme.path("darkMode");
        return Typefaces.faces(theme.path("typography"))
                + whole(theme).rule(ROOT)
                + media("light", colours(theme).rule(ROOT) + logo(theme.at("/container/logoPosition")))
                + media(
                        "dark",
                        colours(dark).rule(ROOT)
                                + shapes(new Declarations(), dark).rule(ROOT)
                                + logo(
                                        dark.at("/container/logoPosition").isMissingNode()
                                                ? theme.at("/container/logoPosition")
                                                : dark.at("/container/logoPosition")));
    }

    private static String media(String scheme, String rules) {
        return rules.isEmpty() ? "" : "@media (prefers-color-scheme: " + scheme + "){\n" + rules + "}\n";
    }

    private static Declarations whole(JsonNode theme) {
        return Typefaces.families(shapes(new Declarations(), theme), theme.path("typography"))
                .either("--link-decoration", theme.at("/links/underline"), "underline", "none")
                .either("--container-shadow", theme.at("/shadows/enabled"), "var(--shadow)", "none");
    }

    private static Declarations shapes(Declarations declarations, JsonNode mode) {
        var container = mode.path("container");
        Theme.BORDERS.forEach(name ->
                declarations.pixels("--" + kebab(name), mode.path("borders").path(name)));
        return declarations
                .pixels("--container-padding", container.path("padding"))
                .pixels("--logo-height", container.path("logoHeight"))
                .chosen("--content-alignment", container.path("contentAlignment"), TEXT_ALIGNMENTS)
                .chosen("--logo-alignment", container.path("logoAlignment"), ITEM_ALIGNMENTS)
                .picture("--page-background-image", mode.at("/pageBackground/backgroundImageUrl"));
    }

    private static Declarations colours(JsonNode mode) {
        var declarations = new Declarations().colour("--primary", mode.path("primaryColor"));
        Theme.COLOURS.forEach(name ->
                declarations.colour("--" + kebab(name), mode.path("colors").path(name)));
        return declarations.colour("--page-background-color", mode.at("/pageBackground/backgroundColor"));
    }

    private static String logo(JsonNode position) {
        return position.asText().equals("outside") ? LOGO_OUTSIDE : "";
    }

    /** A field's name as CSS writes names. */
    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
