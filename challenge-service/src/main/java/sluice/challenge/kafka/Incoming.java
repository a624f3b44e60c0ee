package sluice.challenge.kafka;

import sluice.challenge.domain.Decision;
import sluice.challenge.domain.Update;
import sluice.challenge.domain.Verification;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;

/** What comes from the rules processor, sound. */
sealed interface Incoming {
    /** eventId of the event behind it. */
    String causeId();

    <R> R match(Cases<R> cases);

    record Decided(Decision decision) implements Incoming {
        @Override
        public String causeId() {
            return decision.causeId();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decided(this);
        }
    }

    record Verified(Verification verification) implements Incoming {
        @Override
        public String causeId() {
            return verification.causeId();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.verified(this);
        }
    }

    record Updated(Update update) implements Incoming {
        @Override
        public String causeId() {
            return update.causeId();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.updated(this);
        }
    }

    /** Touches no action: it is only told to who waits for it. */
    record Changed(UserChange change) implements Incoming {
        /** Whether a user was deleted who was made up for a challenge. */
        boolean isNobodysDeletion() {
            return change.getKind() == UserChangeKind.USER_DELETED && NobodyId.is(change.getUserId());
        }

        String userKey() {
            return UserKey.of(change.getTenantId(), change.getUserId());
        }

        /**
         * Whether it is the answer to its cause. An authenticator is created by a verification, which travels beside it
         * with the same headers and is the answer: of two, the client would get whichever comes first.
         */
        boolean isAnswer() {
            return switch (change.getKind()) {
                case ENROLMENT_STARTED,
                        AUTHENTICATOR_ADDED,
                        AUTHENTICATOR_DELETED,
                        AUTHENTICATOR_UPDATED,
                        RECOVERY_CODES_ISSUED,
                        PROFILE_UPDATED,
                        USER_DELETED,
                        CODE_ISSUED,
                        CHALLENGE_CLAIMED,
                        SESSION_CREATED,
                        SESSION_REFRESHED,
                        SESSION_REVOKED,
                        SESSIONS_REVOKED,
                        SESSION_REUSE_DETECTED,
                        REFUSED -> true;
                case AUTHENTICATOR_CREATED, ACTION_UPDATED, UNKNOWN -> false;
            };
        }

        @Override
        public String causeId() {
            return change.getCauseId();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.changed(this);
        }
    }

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R decided(Decided incoming);

        R verified(Verified incoming);

        R updated(Updated incoming);

        R changed(Changed incoming);
    }
}
