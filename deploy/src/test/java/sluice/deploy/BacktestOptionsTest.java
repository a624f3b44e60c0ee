package sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacktestOptionsTest {
    @Test
    void givenAllOptions_whenRead_thenFilesAreRelativeToTheFolderAndTimesAreInstants() {
        var options = of("--folder /shop --rules candidate.json --json /reports/report.json --from 2026-01-31"
                + " --to 2026-02-01T13:00:00+13:00 --tenant acme --samples 0 --passes 4 --show-values");

        assertThat(options.rules()).isEqualTo(Path.of("/shop/candidate.json"));
        assertThat(options.json()).contains(Path.of("/reports/report.json"));
        assertThat(options.from()).contains(Instant.parse("2026-01-31T00:00:00Z"));
        assertThat(options.to()).contains(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(options.tenantId()).contains("acme");
        assertThat(options.samplesMax()).isZero();
        assertThat(options.passes()).isEqualTo(4);
        assertThat(options.showsValues()).isTrue();
    }

    @Test
    void givenTheRulesAlone_whenRead_thenTheRestHasItsDefaults() {
        var options = of("--rules candidate.json");

        assertThat(options.json()).isEmpty();
        assertThat(options.from()).isEmpty();
        assertThat(options.to()).isEmpty();
        assertThat(options.tenantId()).isEmpty();
        assertThat(options.samplesMax()).isEqualTo(3);
        assertThat(options.passes()).isEqualTo(1);
        assertThat(options.showsValues()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from 2026-01-31|backtest: --rules FILE is missing.",
                "--rules|backtest: --rules needs a value.",
                "--rules a --from yesterday|backtest: --from: expected a day (UTC) or a time with its offset, such as 2026-01-31 or 2026-01-31T13:45:00Z, was 'yesterday'.",
                "--rules a --from 2026-02-01 --to 2026-01-01|backtest: --from must be earlier than --to.",
                "--rules a --samples -1|backtest: --samples: expected a whole number, 0 to 1000, was '-1'.",
                "--rules a --passes many|backtest: --passes: expected a whole number, 1 to 1000, was 'many'.",
            })
    void givenASlip_whenRead_thenItIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> of(arguments))
                .isInstanceOfSatisfying(CommandFailedException.class, e -> assertThat(e.status())
                        .isEqualTo(2))
                .hasMessage(message);
    }

    @Test
    void givenAnUnknownOption_whenRead_thenTheKnownOnesAreNamed() {
        assertThatThrownBy(() -> of("--rule a"))
                .hasMessageStartingWith("backtest: unknown option '--rule'. There are --rules FILE,");
    }

    private static BacktestOptions of(String arguments) {
        return BacktestOptions.of(List.of(arguments.split(" ")));
    }
}
