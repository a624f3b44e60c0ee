package sluice.challenge.domain.aggregate;

import java.time.Duration;
import java.time.Instant;

/** Lengths of the windows; each begins at a whole one, in UTC, and ends where the next begins. */
public enum WindowSize {
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(3)),
    HOUR(Duration.ofHours(1), Duration.ofDays(35)),
    DAY(Duration.ofDays(1), Duration.ofDays(400));

    /** What comes to the log later than this after its window's end is not counted, nor what is as much ahead of its time. */
    static final Duration GRACE = Duration.ofDays(1);

    private final Duration length;
    private final Duration kept;

    WindowSize(Duration length, Duration kept) {
        this.length = length;
        this.kept = kept;
    }

    /** When the window begins that a time is in. */
    public Instant startOf(Instant at) {
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length.toMillis()) * length.toMillis());
    }

    /**
     * Whether a transition counts. It depends on the record alone, so that a replay counts the same.
     *
     * @param at its event time
     * @param loggedAt Kafka's time of the record
     */
    public boolean counts(Instant at, Instant loggedAt) {
        return !loggedAt.isAfter(startOf(at).plus(length).plus(GRACE)) && !at.isAfter(loggedAt.plus(GRACE));
    }

    /** Whether nobody asks about a window any more. Longer than the grace: nothing is counted anew for one that is gone. */
    public boolean isForgotten(Instant start, Instant now) {
        return start.plus(length).plus(kept).isBefore(now);
    }
}
