package sluice.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A figure.
 *
 * @param ratio to the limit that was measured in the same run; empty for a limit itself
 */
public record Figure(String name, double value, String unit, OptionalDouble ratio) {

    public static Figure limit(String name, double value, String unit) {
        return new Figure(name, value, unit, OptionalDouble.empty());
    }

    public static Figure of(String name, double value, String unit, double limit) {
        return new Figure(name, value, unit, OptionalDouble.of(value / limit));
    }

    /** {@code name value unit ratio-to-limit}; a dash where there is no limit to compare with. */
    @Override
    public String toString() {
        var share = ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
        return String.format(Locale.ROOT, "%s %.3f %s %s", name, value, unit, share);
    }
}
