package sluice.track.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** What light and dark mode each have, as the contract lists it. */
    private static final List<String> MODE = List.of("""
            primaryColor logoUrl watermarkUrl faviconUrl
            borders.buttonBorderRadius borders.buttonBorderWidth borders.cardBorderRadius borders.cardBorderWidth
            borders.inputBorderRadius borders.inputBorderWidth borders.containerBorderRadius
            colors.buttonPrimaryText colors.buttonPrimaryBorder colors.buttonSecondaryText
            colors.buttonSecondaryBackground colors.buttonSecondaryBorder colors.cardBackground colors.cardBorder
            colors.inputBackground colors.inputBorder colors.link colors.headingText colors.bodyText
            colors.containerBackground colors.containerBorder colors.divider colors.icon colors.loader colors.positive
            colors.critical colors.information colors.hover colors.focus
            container.contentAlignment container.padding container.logoAlignment container.logoPosition
            container.logoHeight pageBackground.backgroundColor pageBackground.backgroundImageUrl""".split("\\s+"));

    private static final List<String> WHOLE = List.of(
            "name",
            "container.exitPosition",
            "typography.text.fontUrl",
            "typography.text.faces",
            "typography.display.fontUrl",
            "typography.display.faces",
            "typography.button.fontUrl",
            "typography.button.faces",
            "links.underline",
            "shadows.enabled");

    private static final List<String> PATHS = Stream.of(
                    WHOLE.stream(), MODE.stream(), MODE.stream().map(path -> "darkMode." + path))
            .flatMap(each -> each)
            .toList();

    @Provide
    static Arbitrary<Map<String, Integer>> values() {
        return Arbitraries.maps(Arbitraries.of(PATHS), Arbitraries.integers().between(0, 9))
                .ofMaxSize(PATHS.size());
    }

    /** A negative number stands for null. */
    @Provide
    static Arbitrary<Map<String, Integer>> changes() {
        return Arbitraries.maps(Arbitraries.of(PATHS), Arbitraries.integers().between(-3, 9))
                .ofMaxSize(PATHS.size());
    }

    @Property(tries = 300)
    void aPatchOfAnySubsetKeepsTheRestAndNullResets(
            @ForAll("values") Map<String, Integer> first, @ForAll("changes") Map<String, Integer> change) {
        var before = Theme.patched(JSON.createObjectNode(), document(first));

        var after = Theme.patched(before, document(change));

        var expected = new HashMap<>(first);
        expected.putAll(change);
        expected.values().removeIf(value -> value < 0);
        assertThat(after).isEqualTo(document(expected));
        assertThat(before).as("a change makes a new theme").isEqualTo(document(first));
    }

    @Test
    void givenANestedObject_whenItIsReset_thenAllOfItIsGone() throws Exception {
        var before = patched(
                "{\"name\":\"Acme\",\"colors\":{\"link\":\"navy\"},\"darkMode\":{\"colors\":{\"link\":\"red\"}}}");

        assertThat(Theme.patched(before, read("{\"colors\":null,\"darkMode\":{\"colors\":{\"link\":null}}}")))
                .isEqualTo(read("{\"name\":\"Acme\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "darkMode.container.exitPosition | {\"darkMode\":{\"container\":{\"exitPosition\":\"bottom\"}}}",
                "darkMode.typography             | {\"darkMode\":{\"typography\":{}}}",
                "darkMode.name                   | {\"darkMode\":{\"name\":\"Acme\"}}",
                "tenantId                        | {\"tenantId\":\"acme\"}",
                "colors.rainbow                  | {\"colors\":{\"rainbow\":\"red\"}}",
                "colors                          | {\"colors\":\"red\"}",
                "colors                          | {\"colors\":[]}",
                "colors.link                     | {\"colors\":{\"link\":1}}",
                "borders.cardBorderWidth         | {\"borders\":{\"cardBorderWidth\":\"1px\"}}",
                "borders.cardBorderWidth         | {\"borders\":{\"cardBorderWidth\":1.5}}",
                "borders.cardBorderWidth         | {\"borders\":{\"cardBorderWidth\":-1}}",
                "borders.cardBorderWidth         | {\"borders\":{\"cardBorderWidth\":4294967297}}",
                "container.contentAlignment      | {\"container\":{\"contentAlignment\":\"justify\"}}",
                "container.logoPosition          | {\"container\":{\"logoPosition\":\"left\"}}",
                "container.exitPosition          | {\"container\":{\"exitPosition\":\"bottom;\"}}",
                "links.underline                 | {\"links\":{\"underline\":0}}",
                "shadows.enabled                 | {\"shadows\":{\"enabled\":\"true\"}}",
                "name                            | {\"name\":\"\\ud800\"}",
                "typography.text.faces           | {\"typography\":{\"text\":{\"faces\":{}}}}",
                "typography.text.faces           | {\"typography\":{\"text\":{\"faces\":[1,2,3,4,5,6,7]}}}",
                "typography.text.faces[0]        | {\"typography\":{\"text\":{\"faces\":[{\"weight\":400}]}}}",
                "typography.text.faces[0].style  | {\"typography\":{\"text\":{\"faces\":[{\"style\":\"x\"}]}}}",
            })
    void givenWhatAThemeCantHave_whenPatched_thenTheRefusalHasItsPath(String path, String change) {
        assertThatThrownBy(() -> patched(change))
                .isInstanceOfSatisfying(RefusedFieldException.class, refused -> assertThat(refused.path())
                        .isEqualTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#abc", "#ABCD", "#ABCD12", "#abcd1234", "navy", "RebeccaPurple", "transparent"})
    void givenAColour_whenSet_thenItIsKeptAsGiven(String colour) throws Exception {
        assertThat(patched("{\"primaryColor\":\"" + colour + "\"}")
                        .get("primaryColor")
                        .textValue())
                .isEqualTo(colour);
    }

    /** What would end a declaration, call a function, load something or close the style element. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#12345",
                "#abcg",
                "red;background:blue",
                "red}",
                "red/*",
                "red\\n",
                "url(https://evil.example)",
                "var(--secret)",
                "expression(alert(1))",
                "</style><script>",
                "inherit",
                "#abc "
            })
    void givenWhatIsNoColour_whenSet_thenItIsRefused(String text) {
        assertThatThrownBy(() -> patched("{\"primaryColor\":\"" + text + "\"}"))
                .isInstanceOfSatisfying(RefusedFieldException.class, refused -> assertThat(refused.path())
                        .isEqualTo("primaryColor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://cdn.example/a.png?w=1&h=2#x", "http://127.0.0.1:8080/a%20b.png", "HTTPS://[::1]/a~b"})
    void givenAUrl_whenSet_thenItIsKeptAsGiven(String url) throws Exception {
        assertThat(patched("{\"logoUrl\":\"" + url + "\"}").get("logoUrl").textValue())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "//cdn.example/a.png",
                "/a.png",
                "https:/a.png",
                "https://",
                "https://user:password@cdn.example/a.png",
                "https://cdn.example/a b.png",
                "https://cdn.example/a\\\"onerror=x",
                "https://cdn.example/a'b",
                "https://cdn.example/a)b",
                "https://cdn.example/a\\\\b",
                "https://cdn.example/%zz",
                "https://cdn.example/\\u0000",
                "https://exämple.example/a.png"
            })
    void givenWhatIsNoUrl_whenSet_thenItIsRefused(String text) {
        assertThatThrownBy(() -> patched("{\"logoUrl\":\"" + text + "\"}"))
                .isInstanceOfSatisfying(RefusedFieldException.class, refused -> assertThat(refused.path())
                        .isEqualTo("logoUrl"));
    }

    /** The official client sends each weight as text, and reads a number or a range. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"400|400", "\"400\"|400", "\"100 900\"|\"100 900\"", "1|1", "1000|1000"})
    void givenAWeight_whenSet_thenOneIsANumberAndARangeIsText(String given, String kept) throws Exception {
        assertThat(patched(face(given)).at("/typography/text/faces/0/weight")).isEqualTo(JSON.readTree(kept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1001", "400.5", "true", "\"\"", "\"bold\"", "\"900 100\"", "\"400 400\"", "\"1 2 3\"", "[]"
            })
    void givenWhatIsNoWeight_whenSet_thenItIsRefused(String given) {
        assertThatThrownBy(() -> patched(face(given)))
                .isInstanceOfSatisfying(RefusedFieldException.class, refused -> assertThat(refused.path())
                        .isEqualTo("typography.text.faces[0].weight"));
    }

    /** A process of a later version may have written fields that this one does not know. */
    @Test
    void givenAFieldOfALaterVersion_whenAnotherIsPatched_thenItStays() throws Exception {
        var before = read("{\"container\":{\"tilt\":3,\"padding\":8}}");

        assertThat(Theme.patched(before, read("{\"container\":{\"padding\":0}}")))
                .isEqualTo(read("{\"container\":{\"tilt\":3,\"padding\":0}}"));
    }

    private static String face(String weight) {
        return "{\"typography\":{\"text\":{\"faces\":[{\"url\":\"https://cdn.example/a.woff2\",\"weight\":" + weight
                + "}]}}}";
    }

    private static ObjectNode patched(String change) throws JsonProcessingException {
        return Theme.patched(JSON.createObjectNode(), read(change));
    }

    private static ObjectNode read(String text) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(text);
    }

    private static ObjectNode document(Map<String, Integer> values) {
        var document = JSON.createObjectNode();
        values.forEach((path, value) -> {
            var parts = List.of(path.split("\\."));
            var group = document;
            for (var part : parts.subList(0, parts.size() - 1)) group = group.withObjectProperty(part);
            group.set(parts.get(parts.size() - 1), value(parts.get(parts.size() - 1), value));
        });
        return document;
    }

    /** One of some values that the field may have; null for a number below 0. */
    private static JsonNode value(String field, int number) {
        if (number < 0) return JSON.nullNode();
        return sample(field, number)
                .orElseGet(() -> field.toLowerCase(Locale.ROOT).endsWith("url")
                        ? JSON.getNodeFactory().textNode("https://cdn.example/" + number)
                        : JSON.getNodeFactory().textNode("#00000" + number));
    }

    private static Optional<JsonNode> sample(String field, int number) {
        var nodes = JSON.getNodeFactory();
        if (field.matches(".*(Radius|Width)|padding|logoHeight")) return Optional.of(nodes.numberNode(number));
        return switch (field) {
            case "contentAlignment", "logoAlignment" ->
                Optional.of(nodes.textNode(number % 2 == 0 ? "left" : "center"));
            case "logoPosition" -> Optional.of(nodes.textNode(number % 2 == 0 ? "inside" : "outside"));
            case "exitPosition" -> Optional.of(nodes.textNode("bottom"));
            case "underline", "enabled" -> Optional.of(nodes.booleanNode(number % 2 == 0));
            case "name" -> Optional.of(nodes.textNode("Acme " + number));
            case "faces" -> Optional.of(nodes.arrayNode());
            default -> Optional.empty();
        };
    }
}
