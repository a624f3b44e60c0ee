package sluice.bench.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.bench.Median;

/** What the rounds gave, by the figure's name. */
final class Rounds {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String figure, double value) {
        values.computeIfAbsent(figure, any -> new ArrayList<>()).add(value);
    }

    /** What came until now was to warm up. */
    void clear() {
        values.clear();
    }

    /** What the last round gave. */
    double latest(String figure) {
        var all = values.getOrDefault(figure, List.of());
        return all.get(all.size() - 1);
    }

    double median(String figure) {
        return Median.of(values.getOrDefault(figure, List.of()));
    }
}
