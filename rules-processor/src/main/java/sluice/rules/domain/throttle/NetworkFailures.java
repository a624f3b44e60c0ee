package sluice.rules.domain.throttle;

import java.time.Instant;

/**
 * Wrong answers of those who came from a network with no known device, since one from there was right.
 *
 * @param network of a {@link Source}; {@link #OTHERS} stands for all that are not told apart any more
 * @param count how many
 * @param lastAt event time of the latest
 */
public record NetworkFailures(String network, int count, Instant lastAt) {
    static final String OTHERS = "others";

    /** Failures that nobody knows the network of. */
    public static NetworkFailures others(int count, Instant lastAt) {
        return new NetworkFailures(OTHERS, count, lastAt);
    }

    NetworkFailures and(int more, Instant at) {
        return new NetworkFailures(network, count + more, lastAt.isAfter(at) ? lastAt : at);
    }
}
