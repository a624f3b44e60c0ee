package sluice.track.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every text of the pre-built pages and of the mails. They have no other, so what the management API tells of them is
 * what there is.
 */
public final class Catalogue {
    /** The language that every text is there in. */
    public static final String LANGUAGE = "en";

    /** Stands in any text for the name that the tenant has for people. */
    public static final String TENANT_NAME = "tenantName";

    private static final String PAGES_PRODUCT = "pre-built-ui";
    private static final Catalogue PAGES = read();

    private final int version;
    private final List<Screen> screens = new ArrayList<>();
    private final Map<String, Point> points = new LinkedHashMap<>();

    /**
     * A page, a part of one, or a mail.
     *
     * @param family what it belongs to
     */
    public record Screen(String id, String label, String family) {}

    private Catalogue(JsonNode source) {
        this.version = source.path("catalogVersion").intValue();
        source.path("screens").forEach(screen -> {
            var id = screen.path("id").textValue();
            screens.add(new Screen(
                    id, screen.path("label").textValue(), screen.path("family").textValue()));
            var product = screen.path("product").asText(PAGES_PRODUCT);
            screen.path("messages").forEach(message -> add(id, product, message));
        });
    }

    private void add(String screen, String product, JsonNode message) {
        var placeholders = new ArrayList<>(List.of(TENANT_NAME));
        message.path("placeholders").forEach(each -> placeholders.add(each.textValue()));
        var role = message.path("role").textValue();
        var id = screen + "." + role;
        var point = new Point(
                id,
                screen,
                role,
                message.path("label").textValue(),
                List.of(product),
                message.path("maxLength").intValue(),
                placeholders,
                List.of(),
                Map.of(LANGUAGE, message.path(LANGUAGE).textValue()));
        if (points.put(id, point) != null) throw new IllegalStateException("Two messages are called " + id);
    }

    /** The catalogue of what there is. */
    public static Catalogue pages() {
        return PAGES;
    }

    /** Grows when a text is added, removed or means something else. */
    @JsonProperty("catalogVersion")
    public int version() {
        return version;
    }

    @JsonProperty
    public List<Screen> screens() {
        return List.copyOf(screens);
    }

    @JsonProperty
    public List<Point> points() {
        return List.copyOf(points.values());
    }

    /**
     * What a tenant's text would have to be, as a refusal says it; empty if it can be kept. A message id that the pages
     * don't have is kept as well: it does nothing here, and a tenant that comes from elsewhere brings ids of pages that
     * Sluice has not.
     */
    public Optional<String> objection(String messageId, String text) {
        return Optional.ofNullable(points.get(messageId)).flatMap(point -> point.objection(text));
    }

    Point point(String messageId) {
        var point = points.get(messageId);
        if (point == null) throw new IllegalStateException("A page asks for the text " + messageId);
        return point;
    }

    private static Catalogue read() {
        try (var in = Catalogue.class.getResourceAsStream("messages.json")) {
            if (in == null) throw new IllegalStateException("The jar lacks messages.json");
            return new Catalogue(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
