package sluice.bench.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param served calls that were answered with 200
 * @param shed calls that were told to come again (503, 429)
 * @param refused calls with any other answer
 * @param seconds from the first request to the last answer
 * @param latencies of the served, in nanoseconds
 */
public record Loaded(long served, long shed, long refused, double seconds, Histogram latencies) {
    private static final double NANOS_A_MILLI = 1e6;

    /** For whoever waits. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.0f/s, p50 %.1f ms, p99 %.1f ms, %d shed", perSecond(), millis(50), millis(99), shed);
    }

    /** Served calls a second. */
    public double perSecond() {
        return served / seconds;
    }

    /** Milliseconds that so many percent of the served calls took at most. */
    public double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }

    /**
     * Milliseconds, with the calls that a stall kept from being made (coordinated omission): between two calls of one
     * connection no more should have passed than the median.
     */
    public double correctedMillis(double percentile) {
        var expected = latencies.getValueAtPercentile(50);
        return latencies.copyCorrectedForCoordinatedOmission(expected).getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }
}
