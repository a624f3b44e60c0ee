package sluice.track.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt to deliver ended.
 *
 * @param cause of a failure, in words that name neither the receiver nor anything that was sent
 * @param asked how long the receiver wants to be left alone
 */
public record Attempt(End end, String cause, Optional<Duration> asked) {
    /** It was taken. */
    public static final Attempt DELIVERED = new Attempt(End.DELIVERED, "", Optional.empty());

    /** Nothing was tried: there is no URL any more, or no secret to sign with. */
    public static final Attempt UNADDRESSED = new Attempt(End.UNADDRESSED, "no URL or no secret", Optional.empty());

    /** The ways in which an attempt ends. */
    public enum End {
        /** Answered with a 2xx. */
        DELIVERED,
        /** Answered with a status that says no: neither a fault of the receiver's, nor that it is too busy. */
        REFUSED,
        FAILED,
        UNADDRESSED
    }

    /** It was not taken, for no fault of what was sent. */
    public static Attempt failed(String cause) {
        return new Attempt(End.FAILED, cause, Optional.empty());
    }

    public boolean isDelivered() {
        return end == End.DELIVERED;
    }
}
