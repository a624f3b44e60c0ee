package sluice.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.NodeSettings;

class SettingsTest {

    @Test
    void givenNothingSet_whenRead_thenEverySettingHasItsDefault() {
        var settings = NodeSettings.from(new Settings(Map.of()));

        assertThat(settings.bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(settings.partitions()).isEqualTo(4);
    }

    @Test
    void givenSeveralWrongSettings_whenRead_thenAllAreNamedAtOnceWithWhatWasExpected() {
        var environment = Map.of("SLUICE_PARTITIONS", "none", "SLUICE_INTERNAL_PORT", "99999");

        assertThatThrownBy(() -> NodeSettings.from(new Settings(environment)))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("SLUICE_PARTITIONS: expected a whole number, 1 to 10000, was 'none'")
                .hasMessageContaining("SLUICE_INTERNAL_PORT: expected a whole number, 0 to 65535, was '99999'");
    }

    @Test
    void givenASecretThatIsTooShort_whenRefused_thenItsValueIsNotShown() {
        var settings = new Settings(Map.of("SLUICE_API_SECRET", "hunter2"));
        assertThat(settings.secret("SLUICE_API_SECRET", 8, "a secret")).isEmpty();

        assertThatThrownBy(settings::refuseIfAnyIsWrong)
                .hasMessage("SLUICE_API_SECRET: expected a secret of 8 characters or more");
    }

    @Test
    void givenAFileWithAnUnknownName_whenAllIsRead_thenTheNameIsRefused(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("sluice.properties"), "SLUICE_PARTITIONS=8\nSLUICE_PARTITION=9\n");
        var settings = new Settings(Map.of(Settings.CONFIG_FILE, file.toString()));

        assertThat(NodeSettings.from(settings).partitions()).isEqualTo(8);
        assertThatThrownBy(settings::refuseUnknownNames).hasMessageContaining("SLUICE_PARTITION: no such setting");
    }

    @Test
    void givenAFileAndTheEnvironment_whenBothSetAValue_thenTheEnvironmentWins(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("sluice.properties"), "SLUICE_PARTITIONS=8\n");
        var environment = Map.of(Settings.CONFIG_FILE, file.toString(), "SLUICE_PARTITIONS", "2");

        assertThat(NodeSettings.from(new Settings(environment)).partitions()).isEqualTo(2);
    }
}
