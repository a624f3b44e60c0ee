package sluice.track.http.ui;

import java.util.Optional;
import java.util.function.Function;
import sluice.track.theme.Look.Picture;

/** The tenant's pictures as HTML, one for both modes or one for each. */
final class Pictures {
    private static final String SHIELD = "<svg viewBox=\"0 0 24 24\" width=\"28\" height=\"28\" fill=\"none\""
            + " stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
            + " aria-hidden=\"true\"><path d=\"M12 3 5 5.6v5.3c0 4.4 2.9 8.3 7 10.1 4.1-1.8 7-5.7 7-10.1V5.6z\"/>"
            + "<path d=\"m9 11.8 2.2 2.2 4-4.2\"/></svg>";
    private static final String OWN_ICON = "<link rel=\"icon\" href=\"/ui/icon.svg\" type=\"image/svg+xml\">";

    private Pictures() {}

    /** The logo, which is called as the tenant is; where there is none, the tenant's name. */
    static String logo(Picture logo, String brand) {
        var name = Html.escaped(brand);
        return inBothModes(
                logo,
                (url, mode) -> "<div" + classes(mode) + ">"
                        + url.map(each -> "<img src=\"" + Html.escaped(each) + "\" alt=\"" + name + "\">")
                                .orElse(SHIELD + "<span>" + name + "</span>")
                        + "</div>");
    }

    /** A picture at the foot that says nothing. */
    static String watermark(Picture watermark) {
        return inBothModes(watermark, (url, mode) -> url.map(
                        each -> "<img src=\"" + Html.escaped(each) + "\" alt=\"\"" + classes("watermark " + mode) + ">")
                .orElse(""));
    }

    /** The icon of the window. */
    static String icons(Picture icon) {
        Function<String, String> link = url -> "<link rel=\"icon\" href=\"" + Html.escaped(url) + "\"";
        if (icon.light().equals(icon.dark()))
            return icon.light().map(url -> link.apply(url) + ">").orElse(OWN_ICON);
        return icon.light()
                        .map(url -> link.apply(url) + " media=\"(prefers-color-scheme: light)\">")
                        .orElse(OWN_ICON)
                + icon.dark()
                        .map(url -> link.apply(url) + " media=\"(prefers-color-scheme: dark)\">")
                        .orElse("");
    }

    private interface Element {
        String of(Optional<String> url, String mode);
    }

    private static String inBothModes(Picture picture, Element element) {
        if (picture.light().equals(picture.dark())) return element.of(picture.light(), "");
        return element.of(picture.light(), "light-only") + element.of(picture.dark(), "dark-only");
    }

    private static String classes(String names) {
        return names.isBlank() ? "" : " class=\"" + names.trim() + '"';
    }
}
