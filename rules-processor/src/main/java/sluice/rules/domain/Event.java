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

    /**
     * A backend tells what the user is about to do, and what it knows of the user.
     *
     * @param surroundings what the user came with
     */
    record Track(Cause cause, ActionKey action, Profile profile, Surroundings surroundings) implements Event {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.track(this);
        }
    }

    /** The user answers a challenge, or finishes an enrolment, with a code. */
    record Verify(Cause cause, ActionKey action, VerificationMethod method, String code) implements Event {
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

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R track(Track event);

        R verify(Verify event);

        R enroll(Enroll event);

        R expire(Expire event);

        R deleteAuthenticator(DeleteAuthenticator event);

        R updateUser(UpdateUser event);

        R deleteUser(DeleteUser event);

        R addAuthenticator(AddAuthenticator event);

        R updateAction(UpdateAction event);

        R issueRecoveryCodes(IssueRecoveryCodes event);

        R updateAuthenticator(UpdateAuthenticator event);

        R removeAuthenticator(RemoveAuthenticator event);
    }
}
