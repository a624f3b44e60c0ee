package sluice.track.theme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** E6, E7: what a theme makes of the pages, and that it makes nothing else of them. */
class LookTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PLACES = Stream.of(
                    Theme.COLOURS.stream().map(name -> "colors." + name),
                    Theme.BORDERS.stream().map(name -> "borders." + name),
                    Stream.of(
                            "primaryColor",
                            "logoUrl",
                            "watermarkUrl",
                            "faviconUrl",
                            "container.padding",
                            "container.logoHeight",
                            "container.logoPosition",
                            "container.contentAlignment",
                            "container.logoAlignment",
                            "pageBackground.backgroundColor",
                            "pageBackground.backgroundImageUrl"))
            .flatMap(each -> each)
            .flatMap(path -> Stream.of(path, "darkMode." + path))
            .toList();
    private static final List<String> WHOLE =
            List.of("typography.text.fontUrl", "typography.text.faces", "links.underline", "shadows.enabled");

    @Test
    void givenNothingSet_whenTheLookIsMade_thenItIsThePagesOwn() throws Exception {
        var look = look("{}");

        assertThat(look.styleSheet()).isEmpty();
        assertThat(look.imageOrigins()).isEmpty();
        assertThat(look.fontOrigins()).isEmpty();
        assertThat(look.logo().light()).isEmpty();
        assertThat(look.name()).isEmpty();
    }

    @Test
    void givenColoursAndShapes_whenTheSheetIsWritten_thenColoursAreOfTheirModeAndShapesOfBoth() throws Exception {
        assertThat(look("{'primaryColor':'navy','colors':{'buttonPrimaryText':'#FFF'},'borders':{'cardBorderWidth':2},"
                                + "'container':{'logoAlignment':'right'},'links':{'underline':true},"
                                + "'shadows':{'enabled':false},'darkMode':{'primaryColor':'#abc','borders':{'cardBorderWidth':0}}}")
                        .styleSheet())
                .isEqualTo("""
                        :root{--card-border-width:2px;--logo-alignment:flex-end;--link-decoration:underline;--container-shadow:none;}
                        @media (prefers-color-scheme: light){
                        :root{--primary:navy;--button-primary-text:#FFF;}
                        }
                        @media (prefers-color-scheme: dark){
                        :root{--primary:#abc;}
                        :root{--card-border-width:0px;}
                        }
                        """);
    }

    @Test
    void givenTypefaces_whenTheSheetIsWritten_thenTheyAreLoadedFromTheirHostsAndNamed() throws Exception {
        var look = look("{'typography':{'text':{'faces':[{'url':'https://fonts.example/a.woff2','weight':400},"
                + "{'url':'https://fonts.example/b.woff2','weight':'500 900'}]},"
                + "'display':{'fontUrl':'https://other.example:8443/c.woff2'}}}");

        assertThat(look.styleSheet()).isEqualTo("""
                        @font-face{font-family:"tenant-text";font-display:swap;src:url("https://fonts.example/a.woff2");font-weight:400;}
                        @font-face{font-family:"tenant-text";font-display:swap;src:url("https://fonts.example/b.woff2");font-weight:500 900;}
                        @font-face{font-family:"tenant-display";font-display:swap;src:url("https://other.example:8443/c.woff2");}
                        :root{--text-font:"tenant-text",var(--system-font);--display-font:"tenant-display",var(--system-font);}
                        """);
        assertThat(look.fontOrigins()).containsExactly("https://fonts.example", "https://other.example:8443");
        assertThat(look.imageOrigins()).isEmpty();
    }

    @Test
    void givenPictures_whenTheLookIsMade_thenDarkHasLightsUnlessItHasItsOwn() throws Exception {
        var look = look("{'logoUrl':'https://a.example/l.svg','watermarkUrl':'https://b.example/w.svg',"
                + "'pageBackground':{'backgroundImageUrl':'https://c.example/p.jpg'},"
                + "'darkMode':{'logoUrl':'https://d.example/l.svg'}}");

        assertThat(look.logo().light()).hasValue("https://a.example/l.svg");
        assertThat(look.logo().dark()).hasValue("https://d.example/l.svg");
        assertThat(look.watermark().dark()).hasValue("https://b.example/w.svg");
        assertThat(look.imageOrigins())
                .containsExactly("https://a.example", "https://b.example", "https://c.example", "https://d.example");
        assertThat(look.styleSheet()).contains("--page-background-image:url(\"https://c.example/p.jpg\")");
    }

    /** The document may have been written by anybody who can write to the log. */
    @Property(tries = 300)
    void e6_whateverStandsInTheDocument_theSheetIsAsIfWhatDoesNotBelongThereWereMissing(
            @ForAll("hostile") Map<String, String> hostile) throws Exception {
        var theme = JSON.createObjectNode();
        hostile.forEach((path, text) -> set(theme, path, JSON.getNodeFactory().textNode(text)));

        var look = Look.of(theme);

        assertThat(look.styleSheet()).isEmpty();
        assertThat(look.imageOrigins()).isEmpty();
        assertThat(look.logo().light()).isEmpty();
    }

    @Provide
    Arbitrary<Map<String, String>> hostile() {
        var texts = Arbitraries.strings()
                .withChars("<>\"'&$\\{}=/;:()@*#!-\n aurl")
                .ofMinLength(0)
                .ofMaxLength(30)
                .map(text -> "}" + text);
        return Arbitraries.maps(
                        Arbitraries.of(
                                Stream.concat(PLACES.stream(), WHOLE.stream()).toList()),
                        texts)
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    /** Whatever a tenant may save: it stays inside its declaration. */
    @Property(tries = 300)
    void e6_whateverIsAcceptedWhenSaved_theSheetHasOnlyDeclarationsOfTheRightShape(
            @ForAll("saved") Map<String, String> given) throws Exception {
        var theme = JSON.createObjectNode();
        given.forEach((path, text) -> {
            var change = JSON.createObjectNode();
            set(change, path, JSON.getNodeFactory().textNode(text));
            try {
                theme.setAll(Theme.patched(theme, change));
            } catch (RefusedFieldException e) {
                // then it does not get there
            }
        });

        assertThat(Look.of(theme).styleSheet()).matches("""
                (?s)(@font-face\\{[^{}]*}\\n|@media \\(prefers-color-scheme: (light|dark)\\)\\{\\n|}\\n\
                |:root\\{(--[a-z-]+:(#[0-9a-fA-F]{3,8}|[A-Za-z]+|url\\("https?://[^"()\\\\\\s]+"\\));)+}\\n)*""");
    }

    @Provide
    Arbitrary<Map<String, String>> saved() {
        var url = Arbitraries.strings()
                .withChars("'\"()\\;}{*/:<>#%a.,@ ")
                .ofMaxLength(12)
                .map(rest -> "https://a.example/" + rest);
        var colour = Arbitraries.strings().withChars("#abcdef;}0 red").ofMaxLength(8);
        return Arbitraries.maps(
                        Arbitraries.of(PLACES), Arbitraries.oneOf(url, colour, Arbitraries.of("navy", "#123456")))
                .ofMaxSize(20);
    }

    private static void set(ObjectNode theme, String path, JsonNode value) {
        var names = Arrays.asList(path.split("[.]"));
        var at = theme;
        for (var name : names.subList(0, names.size() - 1)) at = at.withObjectProperty(name);
        at.set(names.get(names.size() - 1), value);
    }

    private static Look look(String json) throws Exception {
        return Look.of(JSON.readTree(json.replace('\'', '"')));
    }
}
