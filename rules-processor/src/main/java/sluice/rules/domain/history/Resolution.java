package sluice.rules.domain.history;

import java.time.Duration;
import java.time.Instant;

/** How finely time is divided, from the epoch on, and how many of the divisions are remembered. */
enum Resolution {
    MINUTES(Duration.ofMinutes(1), 60),
    HOURS(Duration.ofHours(1), 24),
    DAYS(Duration.ofDays(1), 30);

    private final long seconds;
    private final int kept;

    Resolution(Duration length, int kept) {
        this.seconds = length.toSeconds();
        this.kept = kept;
    }

    /** Number of the bucket that an instant lies in. */
    long bucketAt(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), seconds);
    }

    /** Whether a bucket is still of use where {@code newest} is the newest that there is. */
    boolean keeps(long bucket, long newest) {
        return bucket > newest - kept;
    }
}
