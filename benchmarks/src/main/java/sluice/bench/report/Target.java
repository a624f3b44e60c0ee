package sluice.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a figure is to reach on two cores.
 *
 * @param name the figure's; a prefix of it where that is enough
 * @param isRatio whether the bound is one of its ratio, not of its value
 * @param isAtMost whether less is better
 */
record Target(String name, boolean isRatio, boolean isAtMost, double bound) {
    private static final List<Target> ALL = List.of(
            ratioAtMost("latency.track.p50", 1.5),
            ratioAtMost("latency.track.p99", 2),
            ratioAtLeast("throughput.track.64", 0.7),
            ratioAtLeast("throughput.track.256", 0.7),
            valueAtMost("throughput.track.1024.p99", 250),
            ratioAtLeast("log.20-rules", 0.6),
            ratioAtLeast("log.50-rules", 0.45),
            valueAtLeast("throughput.verify.16", 3 * 730.0),
            valueAtLeast("throughput.verify.64", 8 * 730.0),
            valueAtMost("throughput.verify.64.p99", 64),
            valueAtMost("start.cold", 8),
            valueAtMost("start.restart", 10),
            valueAtMost("start.failover", 5),
            ratioAtLeast("start.rebuild", 0.5),
            ratioAtMost("micro.decision.50-rules", 2),
            ratioAtLeast("growth.users", 0.7),
            ratioAtMost("growth.users.p99", 2),
            ratioAtLeast("growth.history", 0.95));

    private static Target ratioAtMost(String name, double bound) {
        return new Target(name, true, true, bound);
    }

    private static Target ratioAtLeast(String name, double bound) {
        return new Target(name, true, false, bound);
    }

    private static Target valueAtMost(String name, double bound) {
        return new Target(name, false, true, bound);
    }

    private static Target valueAtLeast(String name, double bound) {
        return new Target(name, false, false, bound);
    }

    /** The target of a figure; empty where there is none. */
    static Optional<Target> of(String figure) {
        return ALL.stream()
                .filter(each ->
                        figure.equals(each.name) || figure.matches(each.name.replace(".", "\\.") + "\\.\\d+-.*"))
                .findFirst();
    }

    boolean isMetBy(Results.Row row) {
        var found = isRatio ? row.ratio().orElse(Double.NaN) : row.value();
        return isAtMost ? found <= bound : found >= bound;
    }

    @Override
    public String toString() {
        var number = String.format(Locale.ROOT, bound == Math.rint(bound) ? "%.0f" : "%.2f", bound);
        return (isAtMost ? "≤ " : "≥ ") + number + (isRatio ? " ×" : "");
    }
}
