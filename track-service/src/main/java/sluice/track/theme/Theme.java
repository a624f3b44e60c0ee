package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A tenant's theme as a document: which fields there are and how they change (management contract, theme). */
public final class Theme {
    private static final int NAME_LENGTH_MAX = 256;
    static final int PIXELS_MAX = 1000;

    static final List<String> BORDERS = List.of(
            "buttonBorderRadius",
            "buttonBorderWidth",
            "cardBorderRadius",
            "cardBorderWidth",
            "inputBorderRadius",
            "inputBorderWidth",
            "containerBorderRadius");

    static final List<String> COLOURS = List.of(
            "buttonPrimaryText",
            "buttonPrimaryBorder",
            "buttonSecondaryText",
            "buttonSecondaryBackground",
            "buttonSecondaryBorder",
            "cardBackground",
            "cardBorder",
            "inputBackground",
            "inputBorder",
            "link",
            "headingText",
            "bodyText",
            "containerBackground",
            "containerBorder",
            "divider",
            "icon",
            "loader",
            "positive",
            "critical",
            "information",
            "hover",
            "focus");

    private static final Group CONTAINER = Group.empty()
            .with("contentAlignment", Leaf.oneOf("left", "center", "right"))
            .with("padding", Leaf.whole(PIXELS_MAX))
            .with("logoAlignment", Leaf.oneOf("left", "center", "right"))
            .with("logoPosition", Leaf.oneOf("inside", "outside"))
            .with("logoHeight", Leaf.whole(PIXELS_MAX));

    private static final Group PAGE_BACKGROUND =
            Group.empty().with("backgroundColor", Leaf.colour()).with("backgroundImageUrl", Leaf.url());

    private static final Group TYPEFACE =
            Group.empty().with("fontUrl", Leaf.url()).with("faces", new Faces());

    /** What light and dark mode each have. */
    private static final Group MODE = Group.empty()
            .with("primaryColor", Leaf.colour())
            .withEach(List.of("logoUrl", "watermarkUrl", "faviconUrl"), Leaf.url())
            .with("borders", Group.empty().withEach(BORDERS, Leaf.whole(PIXELS_MAX)))
            .with("colors", Group.empty().withEach(COLOURS, Leaf.colour()))
            .with("container", CONTAINER)
            .with("pageBackground", PAGE_BACKGROUND);

    /** Where the exit control sits is the same in both modes: dark mode has no such field. */
    static final Group SHAPE = MODE.with("name", Leaf.title(NAME_LENGTH_MAX))
            .with("container", CONTAINER.with("exitPosition", Leaf.word()))
            .with("typography", Group.empty().withEach(List.of("text", "display", "button"), TYPEFACE))
            .with("links", Group.empty().with("underline", Leaf.flag()))
            .with("shadows", Group.empty().with("enabled", Leaf.flag()))
            .with("darkMode", MODE);

    private Theme() {}

    /**
     * The theme after a change: an absent field keeps its value, null resets it, nested objects alike.
     *
     * @param before the theme as it is; stays as it is
     * @param change what came, unchecked
     * @throws RefusedFieldException if the change has a field that there is not, or a value that it can't have
     */
    public static ObjectNode patched(ObjectNode before, ObjectNode change) {
        return SHAPE.patched("", before, change);
    }

    /** A typeface's only file, as one of its faces. */
    static JsonNode face(String url) {
        return JsonNodeFactory.instance.objectNode().put("url", url);
    }
}
