package sluice.track.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;

class PasskeySettingsTest {
    @Test
    void givenNothingSet_whenRead_thenPasskeysBelongToThePublicUrl() {
        var party = RelyingParty.of(read(Map.of()), URI.create("https://auth.example.com:8443"));

        assertThat(party.id()).isEqualTo("auth.example.com");
        assertThat(party.origins()).containsExactly("https://auth.example.com:8443");
    }

    /** Browsers let no passkey belong to an address. */
    @Test
    void givenThisMachine_whenRead_thenItIsCalledLocalhost() {
        var party = RelyingParty.of(read(Map.of()), URI.create("http://127.0.0.1:8080"));

        assertThat(party.id()).isEqualTo("localhost");
        assertThat(party.origins()).containsExactly("http://localhost:8080");
    }

    @Test
    void givenADomainAndSites_whenRead_thenTheyCountBesideThePublicUrl() {
        var app = "android:apk-key-hash:" + "k".repeat(43);
        var settings = read(Map.of(
                "SLUICE_PASSKEY_RP_ID",
                "example.com",
                "SLUICE_PASSKEY_ORIGINS",
                "https://example.com, https://shop.example.com:8443," + app));
        var party = RelyingParty.of(settings, URI.create("https://auth.example.com/"));

        assertThat(settings.origins()).isEqualTo(List.of("https://example.com", "https://shop.example.com:8443", app));
        assertThat(party.id()).isEqualTo("example.com");
        assertThat(party.admits("https://auth.example.com")).isTrue();
        assertThat(party.admits("https://shop.example.com:8443")).isTrue();
        assertThat(party.admits("https://shop.example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com/",
                "https://Example.com",
                "https://example.org",
                "https://evilexample.com",
                "https://user@example.com",
                "example.com",
                "*"
            })
    void givenAnOriginThatIsNone_whenRead_thenItIsRefusedWithWhatWasExpected(String origin) {
        assertThatThrownBy(() -> read(Map.of("SLUICE_PASSKEY_RP_ID", "example.com", "SLUICE_PASSKEY_ORIGINS", origin)))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("SLUICE_PASSKEY_ORIGINS: expected origins with commas between");
    }

    @Test
    void givenADomainThatIsNone_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> read(Map.of("SLUICE_PASSKEY_RP_ID", "https://example.com")))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("SLUICE_PASSKEY_RP_ID: expected a domain in lower case");
    }

    private static PasskeySettings read(Map<String, String> environment) {
        var settings = new Settings(environment);
        var read = PasskeySettings.from(settings);
        settings.refuseIfAnyIsWrong();
        return read;
    }
}
