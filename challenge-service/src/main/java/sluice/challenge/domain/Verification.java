package sluice.challenge.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.EventTime;
import sluice.schemas.id.UserKey;

/**
 * What came of a code, or of the end of a challenge's time.
 *
 * @param eventId derived from the cause
 * @param causeId eventId of the verify event or command
 * @param verifiedAt that event's time
 * @param refusal why it was refused
 * @param method the method that was tried; UNKNOWN where none was
 * @param attempt which attempt of the challenge it was, from 1; 0 where no code was looked at
 * @param authenticator the authenticator whose code was accepted
 * @param enrolled whether the code finished that authenticator's enrolment
 * @param retryAt from when on another attempt will be looked at
 * @param by who answered, or ended the challenge
 */
public record Verification(
        String eventId,
        String causeId,
        ActionKey action,
        Instant verifiedAt,
        VerificationResult result,
        Optional<RefusalCause> refusal,
        VerificationMethod method,
        int attempt,
        Optional<Authenticator> authenticator,
        boolean enrolled,
        Optional<Instant> retryAt,
        Optional<Actor> by) {

    public Verification {
        if (!UserKey.isText(eventId) || !UserKey.isText(causeId)) throw new IllegalArgumentException("Not an event id");
        if (!EventTime.isSound(verifiedAt)) {
            throw new IllegalArgumentException("No time between 1970 and the year 9999");
        }
        if (result == VerificationResult.UNKNOWN) throw new IllegalArgumentException("A result that came later");
        if (attempt < 0) throw new IllegalArgumentException("Attempts are counted from 0");
        var isVerified = result == VerificationResult.VERIFIED;
        if (isVerified && method == VerificationMethod.UNKNOWN) {
            throw new IllegalArgumentException("A challenge is met by a known method");
        }
        if (isVerified != authenticator.isPresent()) {
            throw new IllegalArgumentException("A code is accepted for an authenticator, and never without one");
        }
    }
}
