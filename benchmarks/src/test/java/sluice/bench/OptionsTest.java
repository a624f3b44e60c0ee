package sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void givenNames_thenTheyAreKeptInOrderWithFiveRounds() {
        var options = Options.of(List.of("start", "micro"));

        assertThat(options.names()).containsExactly("start", "micro");
        assertThat(options.rounds()).isEqualTo(5);
    }

    @Test
    void givenQuickAndRounds_thenWhatIsSaidOutrightCounts() {
        var options = Options.of(List.of("--quick", "latency", "--rounds", "3", "--users", "1000000"));

        assertThat(options).isEqualTo(new Options(List.of("latency"), 1, 3, 1, 1_000_000));
    }

    @Test
    void givenNoNumberOrAnUnknownOption_thenItIsRefusedByName() {
        assertThatThrownBy(() -> Options.of(List.of("--rounds", "none"))).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> Options.of(List.of("--users"))).hasMessageContaining("--users");
        assertThatThrownBy(() -> Options.of(List.of("--slow", "1"))).hasMessageContaining("--slow");
    }
}
