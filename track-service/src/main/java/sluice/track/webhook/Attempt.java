package sluice.track.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt to deliver ended.
 *
 * @param isDelivered whether the receiver answered with a 2xx
 * @param cause of a failure, in words that name neither the URL nor anything that it may hold
 * @param asked how long the receiver wants to be left alone
 */
record Attempt(boolean isDelivered, String cause, Optional<Duration> asked) {
    static final Attempt DELIVERED = new Attempt(true, "", Optional.empty());

    static Attempt failed(String cause) {
        return new Attempt(false, cause, Optional.empty());
    }
}
