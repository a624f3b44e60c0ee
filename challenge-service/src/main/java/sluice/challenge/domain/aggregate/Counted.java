package sluice.challenge.domain.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many transitions, and how long they took.
 *
 * @param latencyCounts how many took up to each of the bounds, and longer than the last; empty where none was timed
 */
public record Counted(long count, long latencyMillisSum, long latencyMillisMax, List<Long> latencyCounts) {
    /** Bounds of the latencies, in seconds, each included. */
    public static final List<Integer> BOUNDS_SECONDS = List.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600);

    /** Nothing yet. */
    public static final Counted NOTHING = new Counted(0, 0, 0, List.of());

    private static final long MILLIS = 1000;

    public Counted {
        latencyCounts = List.copyOf(latencyCounts);
    }

    /** With one more that took no time. */
    public Counted andOne() {
        return new Counted(count + 1, latencyMillisSum, latencyMillisMax, latencyCounts);
    }

    /** With one more that took so long. */
    public Counted andOne(long latencyMillis) {
        var counts = new ArrayList<>(
                latencyCounts.isEmpty() ? Collections.nCopies(BOUNDS_SECONDS.size() + 1, 0L) : latencyCounts);
        counts.set(placeOf(latencyMillis), counts.get(placeOf(latencyMillis)) + 1);
        return new Counted(
                count + 1, latencyMillisSum + latencyMillis, Math.max(latencyMillisMax, latencyMillis), counts);
    }

    private static int placeOf(long latencyMillis) {
        for (var place = 0; place < BOUNDS_SECONDS.size(); place++) {
            if (latencyMillis <= BOUNDS_SECONDS.get(place) * MILLIS) return place;
        }
        return BOUNDS_SECONDS.size();
    }
}
