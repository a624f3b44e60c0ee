package sluice.rules.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;

/** The ways in which a code can be judged, each as the outcome that tells of it. */
final class Verdict {
    private Verdict() {}

    static Outcome.Verified verified(Event.Verify event, int attempt, Authenticator authenticator, boolean enrolled) {
        return new Outcome.Verified(
                idOf(event.cause()),
                event.cause(),
                event.action(),
                VerificationResult.VERIFIED,
                Optional.empty(),
                event.method(),
                attempt,
                Optional.of(authenticator),
                enrolled,
                Optional.empty());
    }

    /** A code that was looked at. */
    static Outcome.Verified refused(Event.Verify event, RefusalCause refusal, int attempt) {
        return not(event, VerificationResult.REFUSED, Optional.of(refusal), attempt, Optional.empty());
    }

    /** A code that was not looked at, since none would have counted. */
    static Outcome.Verified refused(Event.Verify event, RefusalCause refusal) {
        return refused(event, refusal, 0);
    }

    /** @param refusal why the last attempt was; empty for one after it, which was not looked at */
    static Outcome.Verified exhausted(Event.Verify event, Optional<RefusalCause> refusal, int attempt) {
        return not(event, VerificationResult.EXHAUSTED, refusal, attempt, Optional.empty());
    }

    /** @param refusal why the attempt that locked was; empty for one after it, which was not looked at */
    static Outcome.Verified lockedOut(Event.Verify event, Optional<RefusalCause> refusal, int attempt, Instant until) {
        return not(event, VerificationResult.LOCKED_OUT, refusal, attempt, Optional.of(until));
    }

    static Outcome.Verified rateLimited(Event.Verify event, Instant retryAt) {
        return not(event, VerificationResult.RATE_LIMITED, Optional.empty(), 0, Optional.of(retryAt));
    }

    static Outcome.Verified expired(Cause cause, ActionKey action, VerificationMethod method) {
        return new Outcome.Verified(
                idOf(cause),
                cause,
                action,
                VerificationResult.EXPIRED,
                Optional.of(RefusalCause.CHALLENGE_EXPIRED),
                method,
                0,
                Optional.empty(),
                false,
                Optional.empty());
    }

    private static Outcome.Verified not(
            Event.Verify event,
            VerificationResult result,
            Optional<RefusalCause> refusal,
            int attempt,
            Optional<Instant> retryAt) {
        return new Outcome.Verified(
                idOf(event.cause()),
                event.cause(),
                event.action(),
                result,
                refusal,
                event.method(),
                attempt,
                Optional.empty(),
                false,
                retryAt);
    }

    private static String idOf(Cause cause) {
        return DerivedId.of(cause.eventId(), "verification");
    }
}
