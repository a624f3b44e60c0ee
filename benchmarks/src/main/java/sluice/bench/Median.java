package sluice.bench;

import java.util.Collection;

/** The middle of what several rounds gave: one that was disturbed does not count. */
public final class Median {
    private Median() {}

    /**
     * The median; the mean of the two in the middle where there are two.
     *
     * @throws IllegalArgumentException if there is no value
     */
    public static double of(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("No rounds, no median");
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        var middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
