package sluice.rules.domain;

import java.util.List;
import java.util.Optional;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.id.NobodyId;

/**
 * Challenges that are nobody's (contract section 3, claim). Each is the one action of a user made up for it, whose owner
 * decides in one order who gets it: of two who claim it at once, the first.
 */
final class Claiming {
    private Claiming() {}

    /** Gives a challenge to a user, once; to the same user again, as SDKs repeat calls. The made-up user is forgotten. */
    static Step claim(User nobody, Event.Claim event) {
        var found = nobody.recentAction(event.action()).filter(any -> NobodyId.is(nobody.userId()));
        var refusal = refusal(found, event);
        if (refusal.isPresent()) return told(nobody, Outcome.Changed.refused(event.cause(), refusal.get()));
        var claimed = found.orElseThrow().withClaimedBy(Optional.of(event.claimedBy()));
        var after = nobody.with(claimed);
        return told(
                nobody.isKnown() ? after.deleted(event.cause().at()) : after,
                Outcome.Changed.of(event.cause(), UserChangeKind.CHALLENGE_CLAIMED)
                        .withUpdate(Optional.of(
                                new ActionUpdate(event.action(), claimed.state(), true, Optional.empty()))));
    }

    private static Optional<CommandRefusal> refusal(Optional<RecentAction> found, Event.Claim event) {
        if (found.isEmpty()) return Optional.of(CommandRefusal.NOT_FOUND);
        var action = found.get();
        if (action.claimedBy().isPresent()) {
            return action.claimedBy()
                    .filter(user -> !user.equals(event.claimedBy()))
                    .map(another -> CommandRefusal.CHALLENGE_CLAIMED);
        }
        if (action.isRevoked()) return Optional.of(CommandRefusal.NOT_FOUND);
        return action.state() == ActionState.CHALLENGE_SUCCEEDED || event.isUnverifiedTaken()
                ? Optional.empty()
                : Optional.of(CommandRefusal.CHALLENGE_NOT_VERIFIED);
    }

    /** Forgets a made-up user of whom no challenge is open or to be claimed; what was answered lately stays. */
    static Step withoutNobody(Step step, Cause cause) {
        var user = step.user();
        var isOver = NobodyId.is(user.userId())
                && user.isKnown()
                && user.recentActions().stream().noneMatch(Claiming::isWanted);
        return isOver ? new Step(user.deleted(cause.at()), step.outcomes()) : step;
    }

    private static boolean isWanted(RecentAction action) {
        return !action.isRevoked() && (action.isOpen() || action.state() == ActionState.CHALLENGE_SUCCEEDED);
    }

    private static Step told(User user, Outcome.Changed changed) {
        return new Step(user, List.of(changed));
    }
}
