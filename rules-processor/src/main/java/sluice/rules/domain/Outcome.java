package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import sluice.schemas.CommandRefusal;
import sluice.schemas.ObservationKind;
import sluice.schemas.RefusalCause;
import sluice.schemas.SignalKind;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;

/** What the world is told of an event. */
public sealed interface Outcome {
    <R> R match(Cases<R> cases);

    /** A track event was decided. */
    record Decided(Decision decision) implements Outcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decided(this);
        }
    }

    /**
     * A code was judged, or a challenge's time ran out.
     *
     * @param eventId derived from the cause
     * @param refusal why it was refused; never told to the client
     * @param method the method that was tried; UNKNOWN where none was
     * @param attempt which attempt of the challenge it was, from 1; 0 where no code was looked at
     * @param authenticator the authenticator whose code was accepted
     * @param enrolled whether the code finished that authenticator's enrolment
     * @param retryAt from when on another attempt will be looked at
     */
    record Verified(
            String eventId,
            Cause cause,
            ActionKey action,
            VerificationResult result,
            Optional<RefusalCause> refusal,
            VerificationMethod method,
            int attempt,
            Optional<Authenticator> authenticator,
            boolean enrolled,
            Optional<Instant> retryAt)
            implements Outcome {

        public Verified {
            if ((result == VerificationResult.VERIFIED) != authenticator.isPresent()) {
                throw new IllegalArgumentException("A code is accepted for an authenticator, and never without one");
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.verified(this);
        }
    }

    /**
     * Something about the user changed, or a command that would have changed it was refused.
     *
     * @param eventId derived from the cause
     * @param authenticator the authenticator that changed
     * @param refusal why nothing changed
     * @param update the state that was set for an action
     * @param recoveryCodes the set of recovery codes that was issued
     * @param session the session that changed or has ended
     * @param retryAt from when on another code may be sent, where too many were
     */
    @RecordBuilder
    record Changed(
            String eventId,
            Cause cause,
            UserChangeKind kind,
            Optional<Authenticator> authenticator,
            Optional<CommandRefusal> refusal,
            Optional<ActionUpdate> update,
            Optional<Authenticator> recoveryCodes,
            Optional<Session> session,
            Optional<Instant> retryAt)
            implements Outcome, OutcomeChangedBuilder.With {

        static Changed of(Cause cause, UserChangeKind kind) {
            return new Changed(
                    DerivedId.of(cause.eventId(), "user-change"),
                    cause,
                    kind,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        static Changed of(Cause cause, UserChangeKind kind, Authenticator authenticator) {
            return of(cause, kind).withAuthenticator(Optional.of(authenticator));
        }

        static Changed refused(Cause cause, CommandRefusal refusal) {
            return of(cause, UserChangeKind.REFUSED).withRefusal(Optional.of(refusal));
        }

        static Changed tooManyCodes(Cause cause, Instant retryAt) {
            return refused(cause, CommandRefusal.TOO_MANY_CODES).withRetryAt(Optional.of(retryAt));
        }

        static Changed of(Cause cause, ActionUpdate update) {
            return of(cause, UserChangeKind.ACTION_UPDATED).withUpdate(Optional.of(update));
        }

        static Changed of(Cause cause, UserChangeKind kind, Session session) {
            return of(cause, kind).withSession(Optional.of(session));
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.changed(this);
        }
    }

    /**
     * Something was seen of the address or the device that a user came with, or a mail goes to an address. It follows from the event, and is not
     * remembered with its answers.
     *
     * @param eventId derived from the cause
     * @param value the address, the device id or the e-mail address
     */
    record Observed(String eventId, Cause cause, SignalKind signal, String value, ObservationKind kind)
            implements Outcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.observed(this);
        }

        @Override
        public String toString() {
            return "Observed[" + cause + ", " + signal + ", " + kind + "]"; // never the address or the device
        }
    }

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R decided(Decided outcome);

        R verified(Verified outcome);

        R changed(Changed outcome);

        R observed(Observed outcome);
    }
}
