package sluice.track.tenant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.runtime.configuration.domain.Setting.SecretKey;

/**
 * A tenant's secrets of one kind, newest first. Two are good at a time at most, so that callers can change over from the
 * one to the other (E3). Retired ones are remembered for a while, so that an ingress that is still told of one does not
 * bring it back.
 */
public record Secrets(List<SecretKey> keys) {
    /** Good ones at a time. */
    public static final int GOOD_MAX = 2;

    private static final int KEPT_MAX = 8;

    public Secrets {
        keys = List.copyOf(keys);
    }

    /** Whether there is or was one of this hash. */
    boolean know(String hash) {
        return keys.stream().anyMatch(key -> key.hash().equals(hash));
    }

    /** Those that open and sign. */
    public List<SecretKey> good(Instant now) {
        return keys.stream().filter(key -> key.isGood(now)).toList();
    }

    /**
     * With a new one.
     *
     * @param overlap how long the one before stays good; those before it are retired at once
     */
    Secrets with(SecretKey fresh, Instant now, Duration overlap) {
        var before = good(now).stream().limit(GOOD_MAX - 1).toList();
        return new Secrets(Stream.concat(
                        Stream.of(fresh),
                        keys.stream().map(key -> retired(key, now, before.contains(key) ? now.plus(overlap) : now)))
                .limit(KEPT_MAX)
                .toList());
    }

    /** With the newest good one alone. */
    Secrets retireOlder(Instant now) {
        var newest = good(now).stream().findFirst();
        return new Secrets(keys.stream()
                .map(key -> newest.filter(key::equals).isPresent() ? key : retired(key, now, now))
                .toList());
    }

    /** What is retired already, or retires sooner, stays so. */
    private static SecretKey retired(SecretKey key, Instant now, Instant at) {
        var isSooner = !key.isGood(now) || key.retiresAt().filter(at::isAfter).isPresent();
        return isSooner ? key : key.withRetiresAt(Optional.of(at));
    }
}
