package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The typefaces of a theme: of the text, of headings and of buttons, each of one file or of one for each weight. */
final class Typefaces {
    private static final List<String> PLACES = List.of("text", "display", "button");

    private Typefaces() {}

    /** The rules that load them, when a text is first set in one; until then it is shown in the system's. */
    static String faces(JsonNode typography) {
        var rules = new StringBuilder();
        for (var place : PLACES) {
            files(typography.path(place)).forEach(face -> rules.append(rule(place, face)));
        }
        return rules.toString();
    }

    private static String rule(String place, JsonNode face) {
        var declarations = new Declarations()
                .fixed("font-family", family(place))
                .fixed("font-display", "swap")
                .picture("src", face.path("url"));
        if (Faces.isWeight(face.path("weight"))) {
            declarations.fixed("font-weight", face.path("weight").asText());
        }
        return declarations.rule("@font-face");
    }

    /** The custom properties that name those that there are. */
    static Declarations families(Declarations declarations, JsonNode typography) {
        for (var place : PLACES) {
            if (files(typography.path(place)).findAny().isPresent()) {
                declarations.fixed("--" + place + "-font", family(place) + ",var(--system-font)");
            }
        }
        return declarations;
    }

    /** Addresses of all their files. */
    static Stream<String> urls(JsonNode typography) {
        return PLACES.stream().flatMap(place -> files(typography.path(place))).map(face -> face.path("url")
                .textValue());
    }

    /** The faces that have a file; a typeface without faces is of one file, for every weight. */
    private static Stream<JsonNode> files(JsonNode typeface) {
        var faces = StreamSupport.stream(typeface.path("faces").spliterator(), false)
                .filter(face -> Leaf.url().accepts().test(face.path("url")))
                .toList();
        if (!faces.isEmpty()) return faces.stream();
        var url = typeface.path("fontUrl");
        return Leaf.url().accepts().test(url) ? Stream.of(Theme.face(url.textValue())) : Stream.empty();
    }

    private static String family(String place) {
        return "\"tenant-" + place + "\"";
    }
}
