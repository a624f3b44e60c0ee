package sluice.challenge.domain;

import static sluice.schemas.ActionState.ALLOW;
import static sluice.schemas.ActionState.BLOCK;
import static sluice.schemas.ActionState.CHALLENGE_FAILED;
import static sluice.schemas.ActionState.CHALLENGE_REQUIRED;
import static sluice.schemas.ActionState.CHALLENGE_SUCCEEDED;
import static sluice.schemas.ActionState.REVIEW_REQUIRED;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.schemas.ActionState;

/**
 * The life of an action (design section 3). A transition that is neither in the table nor a backend's update does
 * not exist.
 */
public final class ActionLife {
    private static final Set<ActionState> FIRST = Set.of(ALLOW, BLOCK, REVIEW_REQUIRED, CHALLENGE_REQUIRED);

    private static final Map<ActionState, Map<Trigger, ActionState>> TABLE = Map.of(
            CHALLENGE_REQUIRED,
            Map.of(
                    Trigger.VERIFIED, CHALLENGE_SUCCEEDED,
                    Trigger.EXHAUSTED, CHALLENGE_FAILED,
                    Trigger.LOCKED_OUT, CHALLENGE_FAILED,
                    Trigger.EXPIRED, CHALLENGE_FAILED));

    private ActionLife() {}

    /** Whether an action may begin in this state. */
    public static boolean isFirst(ActionState state) {
        return FIRST.contains(state);
    }

    /** The state that a trigger leads to; empty where it changes nothing. */
    public static Optional<ActionState> after(ActionState state, Trigger trigger) {
        return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(trigger));
    }

    /**
     * Whether a backend's update leads from one state to another: any state may be set, from any other (contract
     * section 3). It is beside the table, and the one thing that moves an action that has ended (promise P7).
     */
    static boolean mayBeSet(ActionState from, ActionState to) {
        return from != to && from != ActionState.UNKNOWN && to != ActionState.UNKNOWN;
    }

    /** Whether any trigger leads from one state to the other. */
    static boolean leads(ActionState from, ActionState to) {
        return TABLE.getOrDefault(from, Map.of()).containsValue(to);
    }
}
