package sluice.runtime.signal.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * How many there were in the last hour and in the last day, for as long as anybody asks: each is counted once, in the
 * minute and in the hour in which it was last seen. A window slides by these: the last hour is the minute at hand and
 * the 59 before it, the last day the hour at hand and the 23 before it.
 *
 * @param minutes those with any, oldest first; no others than the last hour's when they were counted
 * @param hours likewise, the last day's
 */
public record Counts(List<Count> minutes, List<Count> hours) {
    private static final int MINUTES_AN_HOUR = 60;
    private static final int HOURS_A_DAY = 24;

    /** The clocks of those who stamp events may differ: one that is a little ahead is taken for right. */
    private static final int AHEAD = 1;

    public Counts {
        minutes = List.copyOf(minutes);
        hours = List.copyOf(hours);
    }

    /**
     * Counts.
     *
     * @param seen the minutes, since the epoch, in which each was last seen
     * @param at from when on it will be asked
     */
    public static Counts of(Collection<Long> seen, Instant at) {
        var minute = minuteOf(at);
        return new Counts(
                counted(seen, each -> each, minute - MINUTES_AN_HOUR),
                counted(seen, Counts::hourOf, hourOf(minute) - HOURS_A_DAY));
    }

    /** Number of the minute that an instant lies in, from the epoch on. */
    public static long minuteOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60);
    }

    private static long hourOf(long minute) {
        return Math.floorDiv(minute, MINUTES_AN_HOUR);
    }

    private static List<Count> counted(Collection<Long> seen, LongUnaryOperator stretch, long after) {
        var counted = new TreeMap<Long, Long>();
        for (var minute : seen) {
            var index = stretch.applyAsLong(minute);
            if (index > after) counted.merge(index, 1L, Long::sum);
        }
        return counted.entrySet().stream()
                .map(each -> new Count(each.getKey(), each.getValue()))
                .toList();
    }

    /** How many there were in the hour that ends at an instant. */
    public long lastHour(Instant at) {
        return sum(minutes, minuteOf(at), MINUTES_AN_HOUR);
    }

    /**
     * When there will be fewer than so many in the hour before, if none comes; empty: there are.
     *
     * @param limit 1 or more
     */
    public Optional<Instant> fewerInTheLastHour(long limit, Instant at) {
        var left = lastHour(at);
        if (left < limit) return Optional.empty();
        for (var each : minutes) {
            if (each.index() <= minuteOf(at) - MINUTES_AN_HOUR) continue;
            left -= each.count();
            if (left < limit) return Optional.of(Instant.ofEpochSecond((each.index() + MINUTES_AN_HOUR) * 60));
        }
        throw new AssertionError("None is left when the last one's hour is over");
    }

    /** How many there were in the day that ends at an instant. */
    public long lastDay(Instant at) {
        return sum(hours, hourOf(minuteOf(at)), HOURS_A_DAY);
    }

    private static long sum(List<Count> counts, long now, int length) {
        return counts.stream()
                .filter(each -> each.index() > now - length && each.index() <= now + AHEAD)
                .mapToLong(Count::count)
                .sum();
    }
}
