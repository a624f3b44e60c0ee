package sluice.runtime.configuration.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written to the topic, no configuration loosens what the security requirements bound. */
class SettingTest {

    @ParameterizedTest
    @CsvSource({"PT59S, 5", "PT15M1S, 5", "PT10M, 0", "PT10M, 11", "PT-1S, 5"})
    void givenALifetimeOrAttemptsOutOfBounds_whenMade_thenTheTenantIsRefused(Duration lifetime, int attempts) {
        assertThatThrownBy(() -> new Setting.Tenant("Acme", List.of(), List.of(), lifetime, attempts))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, 1", "PT15M, 10"})
    void givenTheBoundsThemselves_whenMade_thenTheTenantIsThere(Duration lifetime, int attempts) {
        assertThat(new Setting.Tenant("Acme", List.of(), List.of(), lifetime, attempts).tokenLifetime())
                .isEqualTo(lifetime);
    }

    /** S7. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void givenADriftOutOfBounds_whenMade_thenTheAuthenticatorIsRefused(int drift) {
        assertThatThrownBy(() -> new Setting.Authenticator(true, drift, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
