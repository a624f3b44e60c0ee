package sluice.challenge.domain;

import java.util.Optional;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationResult;

/** What moves an action on. */
public enum Trigger {
    VERIFIED(TransitionReason.VERIFIED),
    EXHAUSTED(TransitionReason.ATTEMPTS_EXHAUSTED),
    LOCKED_OUT(TransitionReason.LOCKED_OUT),
    EXPIRED(TransitionReason.EXPIRED);

    private final TransitionReason reason;

    Trigger(TransitionReason reason) {
        this.reason = reason;
    }

    /** What the world is told as the reason. */
    public TransitionReason reason() {
        return reason;
    }

    /** The trigger that a result is; empty for one that leaves the challenge open. */
    public static Optional<Trigger> of(VerificationResult result) {
        return switch (result) {
            case VERIFIED -> Optional.of(VERIFIED);
            case EXHAUSTED -> Optional.of(EXHAUSTED);
            case LOCKED_OUT -> Optional.of(LOCKED_OUT);
            case EXPIRED -> Optional.of(EXPIRED);
            case REFUSED, RATE_LIMITED, UNKNOWN -> Optional.empty();
        };
    }
}
