package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;

class MailSettingsTest {
    @Test
    void givenNoHost_whenRead_thenNoMailIsSent() {
        assertThat(MailSettings.from(new Settings(Map.of()))).isEmpty();
    }

    @Test
    void givenAHost_whenNothingElseIsSaid_thenTheSenderIsAskedFor() {
        var settings = new Settings(Map.of("SLUICE_SMTP_HOST", "mail.acme.example"));

        assertThat(MailSettings.from(settings)).isEmpty();
        assertThatThrownBy(settings::refuseIfAnyIsWrong)
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("SLUICE_SMTP_FROM: expected an e-mail address, if there is a host");
    }

    /** S27, E9. */
    @Test
    void givenAPassword_whenTheConnectionIsNotEncrypted_thenItIsRefusedAndNotShown() {
        var settings = new Settings(Map.of(
                "SLUICE_SMTP_HOST", "mail.acme.example",
                "SLUICE_SMTP_FROM", "no-reply@acme.example",
                "SLUICE_SMTP_USER", "acme",
                "SLUICE_SMTP_PASSWORD", "secret-of-the-relay",
                "SLUICE_SMTP_SECURITY", "NONE"));

        assertThat(MailSettings.from(settings)).isEmpty();
        assertThatThrownBy(settings::refuseIfAnyIsWrong)
                .hasMessageContaining("SLUICE_SMTP_SECURITY")
                .hasMessageNotContaining("secret-of-the-relay");
    }

    @Test
    void givenEverything_whenWritten_thenThePasswordIsNot() {
        var settings = MailSettings.from(new Settings(Map.of(
                        "SLUICE_SMTP_HOST", "mail.acme.example",
                        "SLUICE_SMTP_FROM", "no-reply@acme.example",
                        "SLUICE_SMTP_USER", "acme",
                        "SLUICE_SMTP_PASSWORD", "secret-of-the-relay")))
                .orElseThrow();

        assertThat(settings.toString()).doesNotContain("secret-of-the-relay");
        assertThat(settings.properties().toString()).doesNotContain("secret-of-the-relay");
        assertThat(settings.properties()).containsEntry("mail.smtp.starttls.required", "true");
    }
}
