package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
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
