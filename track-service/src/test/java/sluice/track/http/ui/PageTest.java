package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
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
import sluice.track.http.ui.Page.Visit;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.theme.Look;

/** E6, E7: what the page lets in and what it may do. */
class PageTest {
    private static final String DONE = "https://shop.example/done";
    private static final String THEME = "{'logoUrl':'https://cdn.example/logo.svg?a=1&b=2',"
            + "'faviconUrl':'https://cdn.example/icon.png','darkMode':{'logoUrl':'https://dark.example/logo.svg'},"
            + "'watermarkUrl':'https://cdn.example/w.svg','typography':{'text':{'fontUrl':'https://fonts.example/a.woff2'}}}";

    @ParameterizedTest
    @EnumSource(View.class)
    void givenAnyView_whenThePageIsWritten_thenThatOneScreenIsShownUnderItsTitle(View view) {
        var page = page(view, true, DONE, AllowedOrigins.ANY, "{}", Map.of(), "Shop");

        var title = page.wording().text(view.screen() + ".heading");
        assertThat(page.html()).contains("<title>" + title + "</title>", title + "</h1>");
        assertThat(Pattern.compile("<section[^>]*data-screen=\"([\\w-]+)\">")
                        .matcher(page.html())
                        .results())
                .extracting(found -> found.group(1))
                .containsExactly(view.screen());
    }

    @Property(tries = 200)
    void e6_givenAnyTextInItsValues_whenThePageIsWritten_thenItsMarkupIsTheSame(
            @ForAll("nasty") String redirectUrl, @ForAll("nasty") String brand, @ForAll("nasty") String heading) {
        var texts = Map.of(
                "en",
                Map.of("totp-code-entry.heading", heading, "totp-code-entry.invalidCode", heading + "{tenantName}"));

        var html = page(View.CHALLENGE, true, redirectUrl, AllowedOrigins.ANY, THEME, texts, brand)
                .html();

        assertThat(markup(html))
                .isEqualTo(markup(page(View.CHALLENGE, true, DONE, AllowedOrigins.ANY, THEME, Map.of(), "Shop")
                        .html()));
    }

    @Provide
    Arbitrary<String> nasty() {
        return Arbitraries.strings().withChars("<>\"'&$\\{}=/`\n !-abc").ofMaxLength(40);
    }

    private static String markup(String html) {
        return html.replaceAll("[^<>\"]", "");
    }

    @Test
    void e6_givenAnAttackOnAnAttribute_whenThePageIsWritten_thenItStaysText() {
        var attack = "\"><script>alert(1)</script>";
        assertThat(page(View.CHALLENGE, true, attack, AllowedOrigins.ANY, "{}", Map.of(), "{{mode}} & <b>")
                        .html())
                .contains(
                        "data-redirect-url=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"",
                        "<span>{{mode}} &amp; &lt;b&gt;</span>")
                .doesNotContain("<script>");
    }

    @Test
    void e7_givenThePage_whenItsHtmlIsRead_thenNothingIsInlineAndNothingIsAnotherHosts() {
        assertThat(page(View.CHALLENGE, true, DONE, AllowedOrigins.ANY, "{'primaryColor':'red'}", Map.of(), "Shop")
                        .html())
                .contains("href=\"/ui/theme.css?tenant=acme%2F%22&amp;v=")
                .doesNotContainPattern("<script(?![^>]* src=\"/ui/)")
                .doesNotContain("<style", "style=\"", "javascript:")
                .doesNotContainPattern("(src|href|action)=\"(?!/ui/)")
                .doesNotContainPattern(" on\\w+=");
    }

    @Test
    void e7_givenATheme_whenThePolicyIsWritten_thenItNamesTheHostsOfItsPicturesAndTypefacesAndNoOther() {
        var page = page(View.CHALLENGE, false, DONE, AllowedOrigins.ANY, THEME, Map.of(), "Shop");

        assertThat(page.contentSecurityPolicy())
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
                        + " https://cdn.example https://dark.example; font-src https://fonts.example;"
                        + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(page.html())
                .contains(
                        "<div class=\"light-only\"><img src=\"https://cdn.example/logo.svg?a=1&amp;b=2\" alt=\"Shop\">",
                        "<div class=\"dark-only\"><img src=\"https://dark.example/logo.svg\" alt=\"Shop\">",
                        "<img src=\"https://cdn.example/w.svg\" alt=\"\" class=\"watermark\">",
                        "<link rel=\"icon\" href=\"https://cdn.example/icon.png\">");
    }

    @Test
    void e7_givenNoTheme_whenThePolicyIsWritten_thenNoOtherHostIsInIt_andNobodyMayFrameWhatNoSdkAskedFor() {
        assertThat(framing(false, AllowedOrigins.ANY))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(framing(true, AllowedOrigins.ANY)).endsWith("frame-ancestors *");
        assertThat(framing(true, listed())).endsWith("frame-ancestors 'none'");
        assertThat(framing(true, listed("https://shop.example", "http://localhost:3000")))
                .endsWith("frame-ancestors https://shop.example http://localhost:3000");
        assertThat(framing(false, listed("https://shop.example"))).endsWith("frame-ancestors 'none'");
    }

    @Test
    void e7_givenARedirectUrlThatIsNoLongerAllowed_whenThePageIsWritten_thenItDoesNotLeadThere() {
        assertThat(page(View.CHALLENGE, true, DONE, listed("https://other.example"), "{}", Map.of(), "Shop")
                        .html())
                .contains("data-redirect-url=\"\"", "data-allowed-origins=\"https://other.example\"");
    }

    private static String framing(boolean isEmbedded, AllowedOrigins origins) {
        return page(View.CHALLENGE, isEmbedded, DONE, origins, "{}", Map.of(), "Shop")
                .contentSecurityPolicy();
    }

    private static AllowedOrigins listed(String... origins) {
        return new AllowedOrigins(Optional.of(List.of(origins)));
    }

    private static Page page(
            View view,
            boolean isEmbedded,
            String redirectUrl,
            AllowedOrigins origins,
            String theme,
            Map<String, Map<String, String>> texts,
            String brand) {
        return new Page(
                Steps.only(view),
                new Visit(isEmbedded, false, false, Optional.of(redirectUrl)),
                Optional.of("acme/\""),
                origins,
                false,
                look(theme),
                Wording.of(texts, Optional.empty(), Optional.empty(), Optional.of(brand)));
    }

    private static Look look(String theme) {
        try {
            return Look.of(new JsonMapper().readTree(theme.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
