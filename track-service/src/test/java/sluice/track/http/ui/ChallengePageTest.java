package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** E6, E7: what the page lets in and what it may do. */
class ChallengePageTest {
    private static final String PLAIN =
            page("https://shop.example/done", "Shop").html();

    @ParameterizedTest
    @EnumSource(View.class)
    void givenAnyView_whenThePageIsWritten_thenThatOneSectionIsShownUnderItsTitle(View view) {
        var html = new ChallengePage(view, false, false, Optional.empty(), "Shop").html();

        assertThat(html).contains("<title>" + view.title() + "</title>", view.title() + "</h1>");
        assertThat(Pattern.compile("<section[^>]*data-view=\"(\\w+)\">")
                        .matcher(html)
                        .results())
                .extracting(found -> found.group(1))
                .containsExactly(view.section());
    }

    @Property
    void e6_givenAnyTextInItsValues_whenThePageIsWritten_thenItsMarkupIsTheSame(
            @ForAll("nasty") String redirectUrl, @ForAll("nasty") String brand) {
        var html = page(redirectUrl, brand).html();

        assertThat(markup(html)).isEqualTo(markup(PLAIN));
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.strings().withChars("<>\"'&$\\{}=/`\n !-abc").ascii().ofMaxLength(40);
    }

    private static String markup(String html) {
        return html.replaceAll("[^<>\"]", "");
    }

    @Test
    void e6_givenAnAttackOnAnAttribute_whenThePageIsWritten_thenItStaysText() {
        assertThat(page("\"><script>alert(1)</script>", "{{mode}} & <b>").html())
                .contains(
                        "data-redirect-url=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"",
                        "<span>{{mode}} &amp; &lt;b&gt;</span>")
                .doesNotContain("<script>");
    }

    @Test
    void e7_givenThePage_whenItsHtmlIsRead_thenNothingIsInlineAndNothingIsAnotherHosts() {
        assertThat(PLAIN)
                .doesNotContainPattern("<script(?![^>]* src=\"/ui/)")
                .doesNotContain("<style", "style=\"", "javascript:")
                .doesNotContainPattern("(src|href|action)=\"(?!/ui/)")
                .doesNotContainPattern(" on\\w+=");
    }

    @Test
    void e7_givenNoSdkThatAsks_whenThePageIsWritten_thenNobodyMayFrameIt() {
        assertThat(new ChallengePage(View.CHALLENGE, false, false, Optional.empty(), "Shop").contentSecurityPolicy())
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(new ChallengePage(View.CHALLENGE, true, false, Optional.empty(), "Shop").contentSecurityPolicy())
                .endsWith("frame-ancestors *");
    }

    private static ChallengePage page(String redirectUrl, String brand) {
        return new ChallengePage(View.CHALLENGE, true, false, Optional.of(redirectUrl), brand);
    }
}
