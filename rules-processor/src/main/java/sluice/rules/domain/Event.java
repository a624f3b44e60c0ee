package sluice.rules.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import sluice.rules.domain.RecoveryCodes.NewRecoveryCodes;
import sluice.rules.domain.history.Surroundings;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionState;
import sluice.schemas.ProfileField;
import sluice.schemas.VerificationMethod;

/** Something that happened to a user, opened and checked. */
public sealed interface Event {
    Cause cause();

    <R> R match(Cases<R> cases);

    /** A backend tells what the user is about to do, and what it knows of the user. */
    record Track(Cause cause, ActionKey action, Profile profile, Signals signals) implements Event {
        /** Nothing is known of the moment. */
        public Track(Cause cause, ActionKey action, Profile profile) {
            this(cause, action, profile, Signals.NONE);
        }

        /** What the user came with, as far as a history is about it. */
        public Surroundings surroundings() {
            return signals.enrichment().surroundings(signals.deviceId());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.track(this);
        }
    }

    /**
     * The user answers a challenge, or finishes an enrolment, with a code.
     *
     * @param code what the user typed, or for a passkey what the browser answered, as JSON
     * @param isApproved whether the tenant, asked about this very answer, has let it count
     */
    record Verify(Cause cause, ActionKey action, VerificationMethod method, String code, boolean isApproved)
            implements Event {
        /** An answer that the tenant was not asked about. */
        public Verify(Cause cause, ActionKey action, VerificationMethod method, String code) {
            this(cause, action, method, code, false);
        }

        /** The same answer, given no earlier than an instant. */
        Verify notBefore(Instant earliest) {
            return new Verify(cause.notBefore(earliest), action, method, code, isApproved);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.verify(this);
        }

        @Override
        public String toString() {
            return "Verify[" + cause + ", " + action + ", " + method + "]"; // never the code
        }
    }

    /**
     * The user starts binding an authenticator.
     *
     * @param action whose token asked; only that action's tokens can finish
     * @param mayAdd whether the token has the scope add:authenticators
     * @param expiresAt when the enrolment lapses if it is not finished
     */
    record Enroll(
            Cause cause,
            ActionKey action,
            String authenticatorId,
            VerificationMethod method,
            Sealed secret,
            boolean mayAdd,
            Instant expiresAt)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.enroll(this);
        }
    }

    /**
     * The user starts binding an address.
     *
     * @param action whose token asked; only that action's tokens can finish
     * @param contact e-mail address, sealed for this authenticator
     * @param code sent to the address, sealed for this event
     * @param mayAdd whether the token has the scope add:authenticators, or the backend asks
     * @param expiresAt when the enrolment lapses if it is not finished
     */
    record EnrollContact(
            Cause cause,
            ActionKey action,
            String authenticatorId,
            VerificationMethod method,
            Sealed contact,
            Sealed code,
            boolean mayAdd,
            Instant expiresAt)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.enrollContact(this);
        }
    }

    /**
     * The user wants a code sent, to answer with.
     *
     * @param code sealed for this event
     */
    record SendCode(Cause cause, ActionKey action, VerificationMethod method, Sealed code) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.sendCode(this);
        }
    }

    /** The time of a challenge has run out. */
    record Expire(Cause cause, ActionKey action) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.expire(this);
        }
    }

    /** A backend removes an authenticator. */
    record DeleteAuthenticator(Cause cause, String authenticatorId) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deleteAuthenticator(this);
        }
    }

    /**
     * A backend changes what is known of the user.
     *
     * @param told what is told; what is not stays
     * @param reset what is not known any more
     */
    record UpdateUser(Cause cause, Profile told, Set<ProfileField> reset) implements Event {
        public UpdateUser {
            reset = Set.copyOf(reset);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.updateUser(this);
        }
    }

    /** A backend wants the user forgotten. */
    record DeleteUser(Cause cause) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deleteUser(this);
        }
    }

    /**
     * A backend vouches for an authenticator: no code is asked.
     *
     * @param contact phone number or e-mail address, sealed for this authenticator
     * @param isDefault whether it is the one to offer first; empty: if it is the only one
     * @param recoveryCodes for a user who has none
     */
    record AddAuthenticator(
            Cause cause,
            String authenticatorId,
            VerificationMethod method,
            Sealed contact,
            Optional<Boolean> isDefault,
            Optional<NewRecoveryCodes> recoveryCodes)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.addAuthenticator(this);
        }
    }

    /** A backend sets the state of an action. */
    record UpdateAction(Cause cause, ActionKey action, ActionState state) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.updateAction(this);
        }
    }

    /**
     * A backend makes a challenge that is nobody's a user's.
     *
     * @param claimedBy the user
     * @param isUnverifiedTaken whether it may be claimed before it was verified
     */
    record Claim(Cause cause, ActionKey action, String claimedBy, boolean isUnverifiedTaken) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.claim(this);
        }
    }

    /** The user wants new recovery codes. */
    record IssueRecoveryCodes(Cause cause, NewRecoveryCodes codes, Grant grant) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.issueRecoveryCodes(this);
        }
    }

    /** The user wants an authenticator to be the one that is offered first. */
    record UpdateAuthenticator(Cause cause, String authenticatorId, Grant grant) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.updateAuthenticator(this);
        }
    }

    /** The user removes an authenticator. */
    record RemoveAuthenticator(Cause cause, String authenticatorId, Grant grant) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removeAuthenticator(this);
        }
    }

    /**
     * A backend wants a session for the user, of an action that has succeeded.
     *
     * @param method what the action's challenge was met with
     * @param secretHash of what is inside the session's refresh tokens
     * @param expiresAt when the session ends if it is not refreshed
     * @param endsAt when it ends in any case
     */
    record CreateSession(
            Cause cause,
            ActionKey action,
            String clientId,
            Optional<VerificationMethod> method,
            String secretHash,
            Instant expiresAt,
            Instant endsAt)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.createSession(this);
        }
    }

    /**
     * Somebody comes with a refresh token.
     *
     * @param generation which of the session's refresh tokens it is
     * @param secretHash of what is inside it
     * @param expiresAt when the session then ends if it is not refreshed again
     */
    record RefreshSession(Cause cause, String sessionId, int generation, String secretHash, Instant expiresAt)
            implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.refreshSession(this);
        }
    }

    /** A session is to end. */
    record RevokeSession(Cause cause, String sessionId) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.revokeSession(this);
        }
    }

    /** All sessions of the user are to end. */
    record RevokeSessions(Cause cause) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.revokeSessions(this);
        }
    }

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R track(Track event);

        R verify(Verify event);

        R enroll(Enroll event);

        R enrollContact(EnrollContact event);

        R sendCode(SendCode event);

        R expire(Expire event);

        R deleteAuthenticator(DeleteAuthenticator event);

        R updateUser(UpdateUser event);

        R deleteUser(DeleteUser event);

        R addAuthenticator(AddAuthenticator event);

        R updateAction(UpdateAction event);

        R claim(Claim event);

        R issueRecoveryCodes(IssueRecoveryCodes event);

        R updateAuthenticator(UpdateAuthenticator event);

        R removeAuthenticator(RemoveAuthenticator event);

        R createSession(CreateSession event);

        R refreshSession(RefreshSession event);

        R revokeSession(RevokeSession event);

        R revokeSessions(RevokeSessions event);
    }
}
