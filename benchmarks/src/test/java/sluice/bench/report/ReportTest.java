package sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final String LATENCY = """
            {"begun": "2026-11-29T03:00:00Z", "figures": [
              {"name": "latency.bare.track.p50", "value": 2.0, "unit": "ms"},
              {"name": "latency.track.p50", "value": 2.5, "unit": "ms", "ratio": 1.25},
              {"name": "latency.bare.track.p99", "value": 4.0, "unit": "ms"},
              {"name": "latency.track.p99", "value": 12.0, "unit": "ms", "ratio": 3.0}]}
            """;
    private static final String PAGE = """
            # Performance
            <!-- figures: latency -->
            old
            <!-- end -->
            Words stay.
            """;

    @TempDir
    private Path folder;

    @Test
    void givenResults_whenTheReportIsWritten_thenThePageHasATableWithTargetsAndAPlotOfEachUnit() throws IOException {
        Files.writeString(folder.resolve("latency.json"), LATENCY);
        Files.writeString(folder.resolve("performance.md"), PAGE);

        Report.write(folder, folder);

        assertThat(Files.readString(folder.resolve("performance.md")))
                .contains("| latency.track.p50 | 2.50 | 2.00 | ms | 1.25 | ≤ 1.50 ×, met |")
                .contains("| latency.track.p99 | 12.00 | 4.00 | ms | 3.00 | ≤ 2 ×, **missed** |")
                .contains("![latency, ms](performance/latency-ms.svg)")
                .contains("Words stay.")
                .doesNotContain("old");
        assertThat(Files.readString(folder.resolve("performance/latency-ms.svg")))
                .startsWith("<svg")
                .contains("latency.track.p99", "12.00")
                .doesNotContain("NaN");
    }

    @Test
    void givenResultsWithoutAPlaceOnThePage_thenThePageStays() {
        assertThat(Page.with(PAGE, java.util.Map.of("growth", "new"))).isEqualTo(PAGE);
    }

    @Test
    void givenAFigureWithItsSizeInTheName_thenItsTargetIsFound() {
        assertThat(Target.of("start.restart.50000-users")).isPresent();
        assertThat(Target.of("start.restarted")).isEmpty();
    }
}
