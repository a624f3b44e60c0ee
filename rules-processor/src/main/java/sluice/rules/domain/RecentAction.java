package sluice.rules.domain;

import java.time.Instant;
import sluice.schemas.ActionState;

/**
 * An action of the user that a code may still come for.
 *
 * @param decision what was decided
 * @param state where it stands, as far as codes are concerned
 * @param attempts wrong codes so far
 * @param isRevoked whether the user was deleted since: no code counts for it, and nothing is bound with it
 */
public record RecentAction(Decision decision, ActionState state, int attempts, boolean isRevoked) {

    static RecentAction of(Decision decision) {
        return new RecentAction(decision, decision.state(), 0, false);
    }

    ActionKey key() {
        return decision.action();
    }

    boolean isOpen() {
        return state == ActionState.CHALLENGE_REQUIRED;
    }

    /** Whether the challenge's time is over although nothing has ended it. */
    boolean hasLapsed(Instant at) {
        return isOpen() && decision.expiresAt().filter(at::isBefore).isEmpty();
    }

    RecentAction wrongCode() {
        return new RecentAction(decision, state, attempts + 1, isRevoked);
    }

    /** The action with its challenge met; one that has no open challenge stays as it is. */
    RecentAction succeeded() {
        return isOpen() ? new RecentAction(decision, ActionState.CHALLENGE_SUCCEEDED, attempts, isRevoked) : this;
    }

    /** The action with its challenge failed; one that has no open challenge stays as it is. */
    RecentAction failed() {
        return isOpen() ? new RecentAction(decision, ActionState.CHALLENGE_FAILED, attempts, isRevoked) : this;
    }

    /** The action after its user was deleted: its challenge stays open until its time is over, and can't be met. */
    RecentAction revoked() {
        return new RecentAction(decision, state, attempts, true);
    }
}
