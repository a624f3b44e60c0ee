package sluice.rules.domain.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import sluice.rules.domain.CustomValue;

/**
 * What one custom data point of one kind of action has been.
 *
 * @param actionCode the kind of action
 * @param name of the data point
 * @param values all of them, counted; numbers summed and compared
 * @param texts the different ones that were texts, as digests
 * @param lastAt event time of the last
 */
public record Aggregate(String actionCode, String name, Tally values, Sightings texts, Instant lastAt) {
    private static final int DIGEST_BYTES = 8;

    static Aggregate first(String actionCode, String name, CustomValue value, Instant at) {
        return new Aggregate(actionCode, name, Tally.EMPTY, Sightings.NONE, at).and(value, at);
    }

    Aggregate and(CustomValue value, Instant at) {
        return new Aggregate(
                actionCode,
                name,
                values.and(at, value.number().orElse(0.0)),
                value.text().map(text -> texts.seen(digest(text), at)).orElse(texts),
                at.isAfter(lastAt) ? at : lastAt);
    }

    /** Enough to tell the values of one user apart, and of bounded length. */
    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
