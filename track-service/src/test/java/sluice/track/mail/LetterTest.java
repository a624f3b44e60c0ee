package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.schemas.VerificationMethod;
import sluice.track.message.MessagingTemplates;
import sluice.track.message.Wording;

/** A mail's words: the tenant's, in the reader's language, and always only words. */
class LetterTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final URI LINK = URI.create("https://sluice.example/magic-link?t=abc&x=1");
    private static final Map<String, Map<String, String>> GERMAN = Map.of(
            "de",
            Map.of(
                    "email-code-message.subject", "Ihr Code bei {tenantName}",
                    "email-code-message.lead", "Ihr Code lautet {code}.",
                    "email-link-message.primaryCta", "Ich bin es"));

    private static Letter letter(Map<String, Map<String, String>> texts, String locale) {
        return new Letter(ADA, Wording.of(texts, Optional.of(locale), Optional.empty(), Optional.of("Acme & Söhne")));
    }

    @Test
    void givenNothingOfTheTenants_whenWritten_thenItIsEnglishInBothForms() {
        var mail = letter(Map.of(), "en").withCode("012345");

        assertThat(mail.subject()).isEqualTo("Your verification code");
        assertThat(mail.text()).contains("Acme & Söhne", "Your verification code is:", "012345", "10 minutes");
        assertThat(mail.html()).contains("lang=\"en\"", "Acme &amp; Söhne", "<strong>012345</strong>");
    }

    @Test
    void givenTheTenantsWords_whenTheReaderSpeaksThem_thenBothFormsAreInThem() {
        var mail = letter(GERMAN, "de-AT").withCode("012345");

        assertThat(mail.subject()).isEqualTo("Ihr Code bei Acme & Söhne");
        assertThat(mail.text()).contains("Ihr Code lautet 012345.");
        assertThat(mail.html()).contains("lang=\"de\"", "Ihr Code lautet 012345.");
        assertThat(letter(GERMAN, "de").withLink(LINK).html()).contains(">Ich bin es</a>");
        assertThat(letter(GERMAN, "fr").withCode("012345").subject()).isEqualTo("Your verification code");
    }

    /** Management contract: messagingTemplates by locale, of the action. */
    @Test
    void givenAnActionsTemplate_whenWritten_thenItIsAboveTheCodeAndWeighsMoreThanTheTenantsWords() {
        var templates = Optional.of(
                "{\"DE\":{\"defaultTemplate\":\"Zahlung: {{ code }}\"},\"en\":{\"defaultTemplate\":\"Pay now.\"},"
                        + "\"fr\":{\"other\":1},\"!\":{\"defaultTemplate\":\"x\"},\"es\":7}");
        var texts = MessagingTemplates.over(GERMAN, templates);

        var german = letter(texts, "de").withCode("012345");
        assertThat(german.text()).contains("Zahlung: 012345").doesNotContain("lautet");
        assertThat(german.subject()).isEqualTo("Ihr Code bei Acme & Söhne");
        assertThat(letter(texts, "de").withLink(LINK).text())
                .as("no code in it")
                .doesNotContain("Zahlung", "{{");
        assertThat(letter(texts, "en").withLink(LINK).text()).contains("Pay now.");
        assertThat(letter(texts, "fr").withCode("012345").text()).contains("Pay now.");
        assertThat(MessagingTemplates.over(GERMAN, Optional.of("[1]"))).isEqualTo(GERMAN);
    }

    /** S18. */
    @Test
    void s18_givenNews_whenWritten_thenTheySayWhatAndWhenInTheReadersWordsAndLinkToNothing() {
        var german = Map.of(
                "de",
                Map.of(
                        "security-notice-message.removed", "Entfernt: {method}",
                        "security-notice-message.methodPasskey", "Passkey von {tenantName}"));
        var at = Instant.parse("2026-01-31T12:00:59.250Z");

        var mail = letter(german, "de").withNews(List.of(News.REMOVED), VerificationMethod.PASSKEY, at);
        var other = letter(Map.of(), "en")
                .withNews(List.of(News.ADDED, News.CODES_ISSUED), VerificationMethod.AUTHENTICATOR_APP, at);

        assertThat(mail.text()).contains("Entfernt: Passkey von Acme & Söhne", "2026-01-31 12:00 UTC");
        assertThat(mail.html()).contains("Entfernt: Passkey von Acme &amp; Söhne", "2026-01-31 12:00 UTC");
        assertThat(other.subject()).isEqualTo("Your sign-in methods have changed");
        assertThat(other.text()).contains("Added to your sign-in methods: authenticator app.", "New recovery codes");
        assertThat(other.text() + other.html()).doesNotContain("http", "href", "{");
    }

    @ParameterizedTest
    @EnumSource(VerificationMethod.class)
    void givenAnyMethod_whenItIsToldOf_thenItHasAName(VerificationMethod method) {
        assertThat(letter(Map.of(), "en")
                        .withNews(List.of(News.values()), method, Instant.EPOCH)
                        .text())
                .doesNotContain("{");
    }

    /** E6: whoever's words they are, they add no header and no element. */
    @Property(tries = 200)
    void e6_givenAnyWords_whenWritten_thenTheSubjectIsOneLineAndTheMarkUpIsTheSame(@ForAll String words) {
        var mail = letter(
                        Map.of(
                                "en",
                                Map.of(
                                        "email-code-message.subject", words + "\r\nBcc: eve@example.com",
                                        "email-code-message.lead", words + "<b>\"",
                                        "email-code-message.warning", words)),
                        "en")
                .withCode("012345");

        assertThat(mail.subject()).doesNotContainPattern("\\p{Cntrl}");
        assertThat(mail.html().replaceAll("[^<>\"]", ""))
                .isEqualTo(letter(Map.of(), "en").withCode("012345").html().replaceAll("[^<>\"]", ""));
    }
}
