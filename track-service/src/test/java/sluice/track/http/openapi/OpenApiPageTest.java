package sluice.track.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.track.http.json.Json;

class OpenApiPageTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.load();
    private static final String PAGE = new OpenApiPage(DOCUMENT).html();

    @Test
    void givenEveryOperation_whenThePageIsRead_thenItIsThereWithItsSummary() {
        assertThat(DOCUMENT.operations())
                .allSatisfy(operation -> assertThat(PAGE).contains("<h3 id=\"" + operation.id() + "\">"));
    }

    @Test
    void givenEveryLink_whenFollowed_thenItLeadsToOnePlaceOfThePage() {
        assertThat(found("href=\"#([^\"]+)\""))
                .isNotEmpty()
                .isSubsetOf(found(" id=\"([^\"]+)\"").toList());
        assertThat(found(" id=\"([^\"]+)\"")).doesNotHaveDuplicates();
    }

    @Test
    void e7_givenThePage_whenItsHtmlIsRead_thenNothingIsInlineAndNothingIsAnotherHosts() {
        assertThat(PAGE)
                .doesNotContain("<script", "<style", "style=\"", "javascript:")
                .doesNotContainPattern("(src|href|action)=\"(?!/ui/|/openapi\\.json|#)")
                .doesNotContainPattern("<[^>]* on\\w+=");
    }

    @Test
    void givenMarkupInATextOfTheDocument_whenThePageIsWritten_thenItStaysText() throws Exception {
        var text = DOCUMENT.text().replace("For your backend.", "For <b>your</b> backend & \\\"mine\\\".");

        assertThat(new OpenApiPage(new OpenApiDocument(text, Json.MAPPER.readTree(text))).html())
                .contains("For &lt;b&gt;your&lt;/b&gt; backend &amp; &quot;mine&quot;.");
    }

    private static Stream<String> found(String pattern) {
        return Pattern.compile(pattern).matcher(PAGE).results().map((MatchResult each) -> each.group(1));
    }
}
