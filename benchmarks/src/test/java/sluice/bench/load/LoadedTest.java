package sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadedTest {
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

    @Test
    void givenCalls_thenTheRateIsThatOfTheServed() {
        assertThat(new Loaded(500, 100, 7, 2, latencies).perSecond()).isEqualTo(250);
    }

    @Test
    void givenAStallAmongQuickCalls_whenCorrected_thenTheCallsThatItKeptFromBeingMadeCount() {
        for (var call = 0; call < 99; call++) latencies.recordValue(TimeUnit.MILLISECONDS.toNanos(1));
        latencies.recordValue(TimeUnit.MILLISECONDS.toNanos(100));
        var loaded = new Loaded(100, 0, 0, 1, latencies);

        assertThat(loaded.millis(75)).isCloseTo(1, within(0.01));
        assertThat(loaded.correctedMillis(75)).isCloseTo(50, within(1.0));
    }
}
