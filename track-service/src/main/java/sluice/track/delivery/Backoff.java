package sluice.track.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long to wait after an attempt that failed. */
public final class Backoff {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** A receiver may ask for more patience than that, but not for so much that it is as good as forgotten. */
    private static final Duration ASKED_MAX = Duration.ofHours(1);

    /** From here on doubling passes the longest wait. */
    private static final int DOUBLINGS_MAX = 10;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private Backoff() {}

    /**
     * The wait doubles with each failure; half of it is by chance, so that what failed together is not tried together.
     *
     * @param failures in a row, from 1
     * @param chance 0 up to 1
     * @param asked what the receiver asked for; waited at least, an hour at most
     * @return 1 s to 5 min, or as asked
     */
    static Duration after(int failures, double chance, Optional<Duration> asked) {
        var doubled = Duration.ofSeconds(1L << Math.min(failures, DOUBLINGS_MAX));
        var longest = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        var own = Duration.ofMillis((long) (longest.toMillis() * (1 + chance) / 2));
        return asked.map(wait -> wait.compareTo(ASKED_MAX) < 0 ? wait : ASKED_MAX)
                .filter(wait -> wait.compareTo(own) > 0)
                .orElse(own);
    }

    /** What a {@code Retry-After} header asks for: seconds or a date (RFC 9110 section 10.2.3); empty if it is neither. */
    public static Optional<Duration> asked(String retryAfter, Instant now) {
        var text = retryAfter.strip();
        if (SECONDS.matcher(text).matches()) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, until.toInstant())).filter(wait -> !wait.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
