package sluice.track.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt to deliver ended.
 *
 * @param cause of a failure, in words that name neither the URL nor anything that it may hold
 * @param asked how long the receiver wants to be left alone
 */
record Attempt(End end, String cause, Optional<Duration> asked) {
    static final Attempt DELIVERED = new Attempt(End.DELIVERED, "", Optional.empty());

    /** Nothing was tried: there is no URL any more, or no secret to sign with. */
    static final Attempt UNADDRESSED = new Attempt(End.UNADDRESSED, "no URL or no secret", Optional.empty());

    /** The ways in which an attempt ends. */
    enum End {
        /** Answered with a 2xx. */
        DELIVERED,
        /** Answered with a status that says no: neither a fault of the receiver's, nor that it is too busy. */
        REFUSED,
        FAILED,
        UNADDRESSED
    }

    static Attempt failed(String cause) {
        return new Attempt(End.FAILED, cause, Optional.empty());
    }

    boolean isDelivered() {
        return end == End.DELIVERED;
    }
}
