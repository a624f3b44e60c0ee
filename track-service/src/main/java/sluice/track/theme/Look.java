package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.track.origin.WebOrigin;

/**
 * What a theme makes of the pre-built pages. Everything in it is safe in its place: colours are colours and addresses
 * addresses, whatever the document holds.
 *
 * @param name of the tenant, for people
 * @param styleSheet to be loaded after the pages' own; empty: nothing is set
 * @param imageOrigins where the pictures come from, for the pages' policy
 * @param fontOrigins where the typefaces come from, likewise
 */
public record Look(
        Optional<String> name,
        String styleSheet,
        Picture logo,
        Picture watermark,
        Picture favicon,
        List<String> imageOrigins,
        List<String> fontOrigins) {

    /**
     * A picture's addresses; empty: there is none.
     *
     * @param dark for the dark mode, the light one's where it has none of its own
     */
    public record Picture(Optional<String> light, Optional<String> dark) {
        private static Picture of(JsonNode theme, String field) {
            var light = url(theme.path(field));
            return new Picture(light, url(theme.path("darkMode").path(field)).or(() -> light));
        }

        private Stream<String> urls() {
            return Stream.of(light, dark).flatMap(Optional::stream);
        }
    }

    /** Reads a theme's document. */
    public static Look of(JsonNode theme) {
        var logo = Picture.of(theme, "logoUrl");
        var watermark = Picture.of(theme, "watermarkUrl");
        var favicon = Picture.of(theme, "faviconUrl");
        var pictures = Stream.of(logo, watermark, favicon).flatMap(Picture::urls);
        var backgrounds = Stream.of("/pageBackground", "/darkMode/pageBackground")
                .flatMap(at -> url(theme.at(at).path("backgroundImageUrl")).stream());
        return new Look(
                Optional.ofNullable(theme.path("name").textValue()).filter(name -> !name.isBlank()),
                StyleSheet.of(theme),
                logo,
                watermark,
                favicon,
                origins(Stream.concat(pictures, backgrounds)),
                origins(Typefaces.urls(theme.path("typography"))));
    }

    private static Optional<String> url(JsonNode value) {
        return Optional.of(value).filter(Leaf.url().accepts()).map(JsonNode::textValue);
    }

    private static List<String> origins(Stream<String> urls) {
        return urls.flatMap(url -> WebOrigin.of(url).stream())
                .map(WebOrigin::text)
                .distinct()
                .sorted()
                .toList();
    }
}
