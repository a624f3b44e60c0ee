package sluice.track.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import sluice.track.http.Refusal;
import sluice.track.http.openapi.OpenApiDocument.Operation;

/** The document in itself. Whether the API does what it says, the acceptance suite asks. */
class OpenApiDocumentTest {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final OpenApiDocument document = OpenApiDocument.load();

    @Test
    void givenTheRefusalsThereAre_whenTheErrorsCodesAreRead_thenTheyAreTheSame() {
        var codes = document.root().at("/components/schemas/Error/properties/error/enum");

        assertThat(codes)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Refusal.values())
                        .map(Refusal::code)
                        .distinct()
                        .toList());
    }

    @Test
    void givenEveryReference_whenFollowed_thenItLeadsSomewhere() {
        assertThat(document.root().findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(reference).startsWith("#/components/"))
                .noneMatch(
                        reference -> document.root().at(reference.substring(1)).isMissingNode());
    }

    @Test
    void givenEverythingThatIsNamed_whenSoughtInTheRest_thenItIsUsed() {
        for (var kind : new String[] {"schemas", "parameters", "responses"}) {
            document.root().path("components").path(kind).properties().forEach(named -> assertThat(document.text())
                    .contains("#/components/" + kind + "/" + named.getKey() + "\""));
        }
    }

    @Test
    void givenEveryOperation_whenRead_thenItsPartsAreThere() {
        assertThat(document.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(document.operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.parameters().stream()
                            .filter(parameter -> parameter.path("in").asText().equals("path"))
                            .map(parameter -> parameter.path("name").asText()))
                    .containsExactlyElementsOf(PATH_PARAMETER
                            .matcher(operation.path())
                            .results()
                            .map(found -> found.group(1))
                            .toList());
            assertThat(operation.content().path("summary").asText()).isNotBlank();
            assertThat(operation.content().has("security")).isTrue();
            assertThat(StreamSupport.stream(document.root().path("tags").spliterator(), false)
                            .filter(tag -> operation.isTagged(tag.path("name").asText())))
                    .hasSize(1);
        });
    }
}
