package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.track.http.ui.MagicLinkPage.Stage;

class MagicLinkPageTest {
    @ParameterizedTest
    @EnumSource
    void givenAStage_whenShown_thenItsSectionAloneIsSeen(Stage stage) {
        var html = new MagicLinkPage(stage, "Acme", "abc").html();

        assertThat(html.split("data-stage=", -1)).hasSize(Stage.values().length + 1);
        assertThat(html.split("hidden>", -1)).hasSize(Stage.values().length);
        assertThat(html).contains("data-stage=\"" + stage.name().toLowerCase(Locale.ROOT) + "\">");
    }

    /** E6, E7. */
    @Test
    void givenTextsThatWouldBeMarkUp_whenShown_thenTheyAreText() {
        var html = new MagicLinkPage(Stage.CONFIRM, "<b>{{t}}</b>", "\"><script>").html();

        assertThat(html).doesNotContain("<b>", "<script").contains("&lt;b&gt;", "value=\"&quot;&gt;&lt;script&gt;\"");
        assertThat(MagicLinkPage.CONTENT_SECURITY_POLICY)
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "script-src");
    }
}
