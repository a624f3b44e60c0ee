package sluice.rules.domain;

import sluice.schemas.ActionState;

/**
 * What the token of a user's own client says of its right to change the user's authenticators, and what that is worth
 * (contract sections 2 and 4). Judged here, on the log, where it is known what became of the token's action.
 *
 * @param action whose token asks
 * @param isInScope whether the token has the scope that the call takes
 */
public record Grant(ActionKey action, boolean isInScope) {

    /** Whether it may read which authenticators the user has: by the scope, or where the user was let in. */
    public boolean mayRead(User user) {
        return user.recentAction(action)
                .filter(Grant::isLive)
                .filter(known -> isInScope || known.state() != ActionState.CHALLENGE_REQUIRED)
                .isPresent();
    }

    /** Whether it may change or remove an authenticator: by the scope alone, whatever challenge was met. */
    boolean mayChange(User user) {
        return isInScope && user.recentAction(action).filter(Grant::isLive).isPresent();
    }

    /** Whether it may bind one more to a user who has one, or renew their recovery codes. */
    boolean mayAdd(User user) {
        return user.recentAction(action)
                .filter(known -> mayAdd(known, isInScope))
                .isPresent();
    }

    /** It takes the scope, or a challenge of the same token that was met: that a backend says so is not enough. */
    static boolean mayAdd(RecentAction action, boolean isInScope) {
        return isLive(action) && (isInScope || isMet(action));
    }

    private static boolean isMet(RecentAction action) {
        return action.state() == ActionState.CHALLENGE_SUCCEEDED && !action.isUpdated();
    }

    /** Whether its tokens are good for anything: what was stopped, or is of a user who was deleted since, is not. */
    static boolean isLive(RecentAction action) {
        if (action.isRevoked()) return false;
        return switch (action.state()) {
            case ALLOW, CHALLENGE_REQUIRED, CHALLENGE_SUCCEEDED -> true;
            default -> false;
        };
    }
}
