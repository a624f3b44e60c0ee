package sluice.rules.domain.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Values counted, summed and compared over every {@link Window}, at the same cost however many there were: at most 60
 * buckets of a minute, 24 of an hour and 30 of a day, of which only those are kept that hold something. A window slides
 * by whole buckets: {@code 24h} is the hour at hand and the 23 before it. A value that comes late counts in its own
 * bucket while that is kept.
 */
public record Tally(List<Bucket> minutes, List<Bucket> hours, List<Bucket> days) {
    /** Nothing was counted. */
    public static final Tally EMPTY = new Tally(List.of(), List.of(), List.of());

    public Tally {
        minutes = List.copyOf(minutes);
        hours = List.copyOf(hours);
        days = List.copyOf(days);
    }

    /** One more of what has no value. */
    Tally and(Instant at) {
        return and(at, 0);
    }

    /** One more value. */
    Tally and(Instant at, double value) {
        return new Tally(
                and(Resolution.MINUTES, minutes, at, value),
                and(Resolution.HOURS, hours, at, value),
                and(Resolution.DAYS, days, at, value));
    }

    /** How many there were in the window that ends at an instant. */
    public long count(Window window, Instant at) {
        var count = 0L;
        for (var bucket : inside(window, at)) count += bucket.count();
        return count;
    }

    /** Their sum; 0 of none. */
    public double sum(Window window, Instant at) {
        var sum = 0.0;
        for (var bucket : inside(window, at)) sum += bucket.sum();
        return sum;
    }

    /** The greatest; empty of none. */
    public OptionalDouble max(Window window, Instant at) {
        return inside(window, at).stream().mapToDouble(Bucket::max).max();
    }

    private List<Bucket> inside(Window window, Instant at) {
        var now = window.resolution().bucketAt(at);
        return buckets(window.resolution()).stream()
                .filter(bucket -> window.holds(bucket.index(), now))
                .toList();
    }

    private List<Bucket> buckets(Resolution resolution) {
        return switch (resolution) {
            case MINUTES -> minutes;
            case HOURS -> hours;
            case DAYS -> days;
        };
    }

    /** Oldest first; a new bucket finds its place, and those that no window reaches any more leave. */
    private static List<Bucket> and(Resolution resolution, List<Bucket> before, Instant at, double value) {
        var index = resolution.bucketAt(at);
        var newest = before.isEmpty()
                ? index
                : Math.max(index, before.get(before.size() - 1).index());
        var after = new ArrayList<Bucket>(before.size() + 1);
        for (var bucket : before) {
            if (resolution.keeps(bucket.index(), newest)) after.add(bucket);
        }
        if (!resolution.keeps(index, newest)) return after;
        var place = after.size();
        while (place > 0 && after.get(place - 1).index() > index) place--;
        if (place > 0 && after.get(place - 1).index() == index) {
            after.set(place - 1, after.get(place - 1).and(value));
        } else {
            after.add(place, Bucket.of(index, value));
        }
        return after;
    }
}
