package sluice.bench.system;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Streams says in its log of a restoration.
 *
 * @param records that were put into stores
 * @param lasted from the beginning of the first changelog to the end of the last
 */
record Restoration(long records, Duration lasted) {
    private static final Pattern BEGUN = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}).*-changelog-\\d+.*");
    private static final Pattern FINISHED = Pattern.compile(
            "(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}).*Finished restoring changelog \\S+ to store \\S+ with a total number of (\\d+) records.*");

    /** Reads the lines that a process printed. */
    static Restoration of(String printed) {
        var times = new ArrayList<LocalTime>();
        var begun = new ArrayList<LocalTime>();
        var records = 0L;
        for (var line : (Iterable<String>) printed.lines()::iterator) {
            var finished = FINISHED.matcher(line);
            if (finished.matches()) {
                times.add(LocalTime.parse(finished.group(1)));
                records += Long.parseLong(finished.group(2));
            } else if (BEGUN.matcher(line).matches() && begun.isEmpty()) {
                begun.add(LocalTime.parse(line.substring(0, 12)));
            }
        }
        if (times.isEmpty() || begun.isEmpty()) throw new IllegalStateException("Nothing was restored");
        return new Restoration(records, between(begun.get(0), times));
    }

    private static Duration between(LocalTime first, List<LocalTime> times) {
        var lasted = Duration.between(first, times.get(times.size() - 1));
        return lasted.isNegative() ? lasted.plusDays(1) : lasted;
    }

    double perSecond() {
        return records * 1e3 / Math.max(1, lasted.toMillis());
    }
}
