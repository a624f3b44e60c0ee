package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.track.http.ui.MagicLinkPage.Stage;
import sluice.track.message.Wording;
import sluice.track.theme.Look;

class MagicLinkPageTest {
    private static final Pattern SHOWN = Pattern.compile("<section[^>]*data-screen=\"([\\w-]+)\">");

    private static MagicLinkPage page(Stage stage, String theme, Map<String, String> german, String brand, String t) {
        try {
            return new MagicLinkPage(
                    stage,
                    Optional.of("acme"),
                    Look.of(new JsonMapper().readTree(theme.replace('\'', '"'))),
                    Wording.of(Map.of("de", german), Optional.of("de"), Optional.empty(), Optional.of(brand)),
                    t);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenAStage_whenShown_thenItsScreenAloneIsSeenUnderItsTitle(Stage stage) {
        var page = page(stage, "{}", Map.of(), "Acme", "abc");

        assertThat(SHOWN.matcher(page.html()).results())
                .extracting(found -> found.group(1))
                .containsExactly(stage.screen());
        assertThat(page.html())
                .contains("<title>" + Html.escaped(page.wording().text(stage.screen() + ".heading")) + "</title>");
    }

    /** E6, E7. */
    @Test
    void givenTextsThatWouldBeMarkUp_whenShown_thenTheyAreText() {
        var page = page(
                Stage.CONFIRM, "{}", Map.of("magic-link-confirm.heading", "<i>{{t}}"), "<b>{{t}}</b>", "\"><script>");

        assertThat(page.html())
                .doesNotContain("<b>", "<i>", "<script")
                .contains("&lt;b&gt;", "value=\"&quot;&gt;&lt;script&gt;\"");
        assertThat(page.contentSecurityPolicy())
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
                        + " base-uri 'none'; frame-ancestors 'none'");
    }

    @Test
    void givenAThemeAndTheTenantsWords_whenShown_thenThePageHasThem() {
        var page = page(
                Stage.CONFIRM,
                "{'primaryColor':'red','logoUrl':'https://cdn.example/logo.svg',"
                        + "'typography':{'text':{'fontUrl':'https://fonts.example/a.woff2'}}}",
                Map.of("magic-link-confirm.primaryCta", "Ja"),
                "Acme",
                "abc");

        assertThat(page.html())
                .contains(
                        "<html lang=\"de\">",
                        ">Ja</button>",
                        "href=\"/ui/theme.css?tenant=acme&amp;v=",
                        "<img src=\"https://cdn.example/logo.svg\" alt=\"Acme\">");
        assertThat(page.contentSecurityPolicy())
                .contains("img-src 'self' data: https://cdn.example; font-src https://fonts.example;")
                .doesNotContain("script-src");
    }
}
