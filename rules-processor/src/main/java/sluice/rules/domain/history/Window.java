package sluice.rules.domain.history;

import sluice.rule.Span;

/** The sliding windows that rules can count in, each at the resolution at which it slides. */
public enum Window {
    TEN_MINUTES(Resolution.MINUTES, 10),
    HOUR(Resolution.MINUTES, 60),
    DAY(Resolution.HOURS, 24),
    WEEK(Resolution.DAYS, 7),
    MONTH(Resolution.DAYS, 30);

    private final Resolution resolution;
    private final int buckets;

    Window(Resolution resolution, int buckets) {
        this.resolution = resolution;
        this.buckets = buckets;
    }

    /** The window that data points mean. */
    public static Window of(Span span) {
        return switch (span) {
            case TEN_MINUTES -> TEN_MINUTES;
            case HOUR -> HOUR;
            case DAY -> DAY;
            case WEEK -> WEEK;
            case MONTH -> MONTH;
        };
    }

    Resolution resolution() {
        return resolution;
    }

    /** Whether a bucket is inside the window that ends with the bucket {@code now}: that one and those just before. */
    boolean holds(long bucket, long now) {
        return bucket > now - buckets && bucket <= now;
    }
}
