package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import sluice.schemas.ActionState;

/**
 * An action of the user that a code may still come for.
 *
 * @param decision what was decided
 * @param state where it stands, as far as codes are concerned
 * @param attempts wrong codes so far
 * @param reopenedUntil when a challenge that a backend has opened lapses; empty: when the decision says
 * @param isUpdated whether a backend has set the state
 * @param isRevoked whether the user was deleted since: no code counts for it, and nothing is bound with it
 * @param hasSession whether a session was made of it
 * @param claimedBy user who has claimed it, where it was nobody's
 */
@RecordBuilder
public record RecentAction(
        Decision decision,
        ActionState state,
        int attempts,
        Optional<Instant> reopenedUntil,
        boolean isUpdated,
        boolean isRevoked,
        boolean hasSession,
        Optional<String> claimedBy)
        implements RecentActionBuilder.With {

    static RecentAction of(Decision decision) {
        return new RecentAction(decision, decision.state(), 0, Optional.empty(), false, false, false, Optional.empty());
    }

    /** The action without what explains its decision, which is long and soon nobody asks for here. */
    RecentAction withoutExplanation() {
        return withDecision(decision.withExplanation(Optional.empty()));
    }

    ActionKey key() {
        return decision.action();
    }

    boolean isOpen() {
        return state == ActionState.CHALLENGE_REQUIRED;
    }

    /** Whether the challenge's time is over although nothing has ended it. */
    boolean hasLapsed(Instant at) {
        return isOpen()
                && reopenedUntil.or(decision::expiresAt).filter(at::isBefore).isEmpty();
    }

    /** Whether an answer could still count for it; one that was met may be met again, to no effect. */
    boolean takesAnswers(Instant at) {
        return !isRevoked && !isFinished() && !hasLapsed(at);
    }

    /** Whether no answer counts for it, whatever it is. */
    boolean isFinished() {
        return switch (state) {
            case CHALLENGE_REQUIRED, CHALLENGE_SUCCEEDED, ALLOW -> false;
            default -> true;
        };
    }

    /** Whether a code may still come for a challenge that a backend has opened, however old the action is. */
    boolean isReopened(Instant at) {
        return isOpen() && reopenedUntil.filter(at::isBefore).isPresent();
    }

    RecentAction wrongCode() {
        return withAttempts(attempts + 1);
    }

    /** The action with its challenge met; one that has no open challenge stays as it is. */
    RecentAction succeeded() {
        return isOpen() ? ended(ActionState.CHALLENGE_SUCCEEDED) : this;
    }

    /** The action with its challenge failed; one that has no open challenge stays as it is. */
    RecentAction failed() {
        return isOpen() ? ended(ActionState.CHALLENGE_FAILED) : this;
    }

    private RecentAction ended(ActionState end) {
        return withState(end).withIsUpdated(false);
    }

    /**
     * The action in the state that a backend wants. A challenge that it opens has its own time and all its attempts;
     * the limits of the user stay what they are.
     */
    RecentAction updated(ActionState wanted, Optional<Instant> until) {
        if (wanted == state) return this;
        return with(updated -> updated.state(wanted)
                .attempts(wanted == ActionState.CHALLENGE_REQUIRED ? 0 : attempts)
                .reopenedUntil(until)
                .isUpdated(true));
    }

    /** The action after its user was deleted: its challenge stays open until its time is over, and can't be met. */
    RecentAction revoked() {
        return withIsRevoked(true);
    }
}
