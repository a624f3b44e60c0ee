package sluice.track.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.track.http.json.Json;

class CatalogueTest {
    private final Catalogue catalogue = Catalogue.pages();

    @Test
    void givenEveryPoint_whenRead_thenItIsNamedAsTheContractNamesIt_andItsDefaultWouldBeTaken() {
        var screens = catalogue.screens().stream().map(Catalogue.Screen::id).toList();
        assertThat(screens).doesNotHaveDuplicates();
        assertThat(catalogue.points()).hasSizeGreaterThan(30).allSatisfy(point -> {
            assertThat(point.publicId()).matches("[a-z]+(-[a-z]+)*\\.[a-z][A-Za-z]*");
            assertThat(point.publicId()).isEqualTo(point.screen() + "." + point.role());
            assertThat(screens).contains(point.screen());
            assertThat(point.label()).isNotBlank();
            assertThat(point.defaultCopy()).containsOnlyKeys("en");
            assertThat(point.objection(point.defaultCopy().getOrDefault("en", "")))
                    .isEmpty();
        });
    }

    @Test
    void givenTheCatalogue_whenItIsWritten_thenItsFieldsAreTheContracts() {
        var json = Json.MAPPER.<JsonNode>valueToTree(catalogue);

        assertThat(json.fieldNames()).toIterable().containsExactlyInAnyOrder("catalogVersion", "screens", "points");
        assertThat(json.at("/screens/0").fieldNames()).toIterable().containsExactly("id", "label", "family");
        assertThat(json.at("/points/0").fieldNames())
                .toIterable()
                .containsExactly(
                        "publicId",
                        "screen",
                        "role",
                        "label",
                        "products",
                        "maxLength",
                        "allowedPlaceholders",
                        "allowedTags",
                        "defaultCopy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "totp-code-entry.heading    | <b>Hi</b>       | a text without tags",
                "totp-code-entry.heading    | Hi <script x    | a text without tags",
                "totp-code-entry.heading    | Wait {minutes}  | no placeholders but {tenantName}",
                "code-error.tooOftenMinutes | Wait {seconds}  | no placeholders but {tenantName}, {minutes}",
            })
    void givenATextThatCantBeShown_whenItIsJudged_thenItIsSaidWhatItHasToBe(String id, String text, String objection) {
        assertThat(catalogue.objection(id, text)).hasValue(objection);
    }

    /** E6. */
    @Test
    void e6_givenASubjectWithALineBreak_whenItIsJudged_thenItIsSaidWhatItHasToBe() {
        assertThat(catalogue.objection("email-code-message.subject", "Hi\r\nBcc: eve@example.com"))
                .hasValue("a text in one line");
        assertThat(catalogue.objection("email-code-message.lead", "Hi\n{code}")).isEmpty();
    }

    @Test
    void givenATextThatIsTooLong_whenItIsJudged_thenTheLimitIsSaid() {
        assertThat(catalogue.objection("totp-code-entry.heading", "x".repeat(80)))
                .isEmpty();
        assertThat(catalogue.objection("totp-code-entry.heading", "x".repeat(81)))
                .hasValue("a string of at most 80 characters");
    }

    @Test
    void givenTextsThatAreAsTheyShouldBe_whenTheyAreJudged_thenNothingIsSaid() {
        var texts = Map.of(
                "totp-code-entry.heading", List.of("", "1 < 2 & \"3\"", "Hi {tenantName}", "{ not one }"),
                "code-error.tooOftenMinutes", List.of("{minutes} min, {tenantName}"),
                "sms-code-entry.heading", List.of("<b>{anything}</b>"));

        texts.forEach((id, good) -> assertThat(good)
                .allSatisfy(text -> assertThat(catalogue.objection(id, text)).isEmpty()));
    }
}
