package sluice.track.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    private static final String HEADING = "totp-code-entry.heading";
    private static final String BUTTON = "totp-code-entry.primaryCta";
    private static final Map<String, Map<String, String>> OVERRIDES = Map.of(
            "de", Map.of(HEADING, "Sind Sie es?", BUTTON, "Weiter"),
            "de_AT", Map.of(HEADING, "Servus"),
            "pt-BR", Map.of(HEADING, "É você?"),
            "en", Map.of(BUTTON, "Go on"));

    @ParameterizedTest
    @CsvSource({
        // the track call's locale, Accept-Language, language, heading, button
        "de,      ,                       de,    Sind Sie es?,    Weiter",
        "de-AT,   ,                       de-at, Servus,          Weiter",
        "de_at,   ,                       de-at, Servus,          Weiter",
        "de-CH,   ,                       de,    Sind Sie es?,    Weiter",
        "DE,      pt-BR,                  de,    Sind Sie es?,    Weiter",
        "fr,      pt-BR,                  pt-br, É você?,         Go on",
        ",        'fr, pt-br;q=0.9, de;q=0.5', pt-br, É você?,    Go on",
        ",        'de;q=0.5, en;q=0.9',   en,    Verify it’s you, Go on",
        "pt,      ,                       en,    Verify it’s you, Go on",
        "fr,      ,                       en,    Verify it’s you, Go on",
        "!!,      ';;q=x',                en,    Verify it’s you, Go on",
        ",        ,                       en,    Verify it’s you, Go on"
    })
    void givenAReader_whenTheTextsAreChosen_thenTheyAreInTheNearestLanguageThereIs(
            String locale, String acceptLanguage, String language, String heading, String button) {
        var wording = Wording.of(
                OVERRIDES, Optional.ofNullable(locale), Optional.ofNullable(acceptLanguage), Optional.empty());

        assertThat(wording.language()).isEqualTo(language);
        assertThat(wording.text(HEADING)).isEqualTo(heading);
        assertThat(wording.text(BUTTON)).isEqualTo(button);
    }

    @Test
    void givenATextWithPlaceholders_whenItIsRead_thenTheNameIsFilledInOnceAndTheOthersStay() {
        var overrides = Map.of("en", Map.of(HEADING, "{tenantName}, {minutes} $1 {tenantName}"));
        var wording =
                Wording.of(overrides, Optional.empty(), Optional.empty(), Optional.of("A{tenantName}$2{minutes}"));

        assertThat(wording.text(HEADING)).isEqualTo("A{tenantName}$2{minutes}, {minutes} $1 A{tenantName}$2{minutes}");
        assertThat(wording.brand()).isEqualTo("A{tenantName}$2{minutes}");
    }

    @Test
    void givenABrandThatNamesItself_whenItIsRead_thenItEndsThere() {
        var wording = Wording.of(
                Map.of("en", Map.of("page.brand", "{tenantName}!")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(wording.brand()).isEqualTo("{tenantName}!");
    }

    @Property
    void whateverAsksForALanguage_someTextIsGiven(@ForAll String locale, @ForAll String acceptLanguage) {
        var wording = Wording.of(OVERRIDES, Optional.of(locale), Optional.of(acceptLanguage), Optional.empty());

        assertThat(wording.text(HEADING)).isNotBlank();
    }
}
