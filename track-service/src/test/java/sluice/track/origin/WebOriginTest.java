package sluice.track.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E7: what counts as the tenant's own site, and every trick that would have another count as one. */
class WebOriginTest {
    private static final AllowedOrigins SHOP =
            new AllowedOrigins(Optional.of(List.of("https://shop.example", "http://localhost:3000")));

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/done?a=b#c, https://shop.example",
        "HTTPS://Shop.EXAMPLE:443/, https://shop.example",
        "http://shop.example:80, http://shop.example",
        "https://shop.example:/x, https://shop.example",
        "http://localhost:3000/?u=https://evil.example, http://localhost:3000",
        "https://xn--bcher-kva.example/, https://xn--bcher-kva.example",
        "https://127.0.0.1:8443, https://127.0.0.1:8443"
    })
    void givenAUrl_whenItsOriginIsRead_thenItIsWhatBrowsersSay(String url, String origin) {
        assertThat(WebOrigin.of(url)).hasValue(new WebOrigin(origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example@evil.example/",
                "https://shop.example:443@evil.example/",
                "https://user:pass@shop.example/",
                "https://evil.example\\@shop.example/",
                "https:\\\\shop.example",
                "https://shop.example\\.evil.example",
                "https://shop.example.evil.example/",
                "https://evil.example/https://shop.example",
                "https://evil.example?https://shop.example",
                "https://evil.example#@shop.example",
                "https://evilshop.example",
                "https://shop.example.",
                "https://shop.example:444/",
                "http://shop.example/",
                "https://shop%2eexample/",
                "https://shop.example%00.evil.example/",
                "https://shop.example%2f@evil.example/",
                "//shop.example/",
                "/\\shop.example",
                "https:shop.example",
                "https:///shop.example",
                " https://shop.example",
                "https://shop.example\t",
                "https://shop\n.example",
                "javascript://shop.example/%0aalert(1)",
                "data:text/html,https://shop.example",
                "https://shop。example/",
                "https://ſhop.example/",
                "https://shop.еxample/",
                "https://[::1]/",
                "http://localhost:3000@evil.example",
                "http://localhost:30000",
                "null",
                ""
            })
    void e7_givenAUrlOfAnotherSite_whenItLooksLikeTheTenants_thenItIsNotAllowed(String url) {
        assertThat(SHOP.allow(url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/x", "https://*.example", "shop.example", "https://shop.example?a"})
    void givenWhatIsMoreOrLessThanAnOrigin_whenItIsNamedAsOne_thenItIsNone(String text) {
        assertThat(WebOrigin.named(text)).isEmpty();
    }

    @Property
    void e7_whateverIsAllowedNamesTheListedHostToEveryReader(@ForAll("tricks") String url) {
        if (!SHOP.allow(url)) return;

        assertThat(URI.create(url).getRawAuthority().toLowerCase(Locale.ROOT))
                .isIn("shop.example", "shop.example:", "shop.example:443", "localhost:3000");
        assertThat(url).doesNotContain("\\", "\t", " ");
    }

    @Provide
    Arbitrary<String> tricks() {
        return Arbitraries.of(
                        "https:",
                        "//",
                        "shop.example",
                        "evil.example",
                        "@",
                        "\\",
                        ":443",
                        ":",
                        "/",
                        "?",
                        "#",
                        ".",
                        "%2e",
                        "\t",
                        " ",
                        "http:",
                        "localhost:3000",
                        "HTTPS://SHOP.example")
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }

    /** E6: what a browser says of itself may be given back in a header; whatever it says, no other header comes of it. */
    @Property(tries = 500)
    void e6_givenAnyText_whenItIsAnOrigin_thenItHasNoRoomForAHeaderOrAnother(@ForAll("nearlyOrigins") String text) {
        WebOrigin.named(text)
                .ifPresent(origin -> assertThat(origin.text()).matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?"));
    }

    @Provide
    Arbitrary<String> nearlyOrigins() {
        var parts = Arbitraries.of(
                "http://",
                "https://",
                "HTTPS://",
                "shop.example",
                ":8443",
                "/",
                "@",
                "\r\n",
                " ",
                ",",
                ";",
                "'",
                "#",
                "%0d",
                "\u2028",
                "é",
                "*");
        return parts.list().ofMaxSize(6).map(chosen -> String.join("", chosen));
    }
}
