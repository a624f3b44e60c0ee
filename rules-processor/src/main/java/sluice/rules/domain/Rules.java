package sluice.rules.domain;

import java.util.List;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;

/** What is to become of an action. No rule can be set yet: the action's default outcome decides. */
final class Rules {
    private Rules() {}

    /**
     * What the rules say.
     *
     * @param ruleIds rules that matched, the one that decided first
     */
    record Ruling(ActionOutcome outcome, List<String> ruleIds) {

        /** The action's first state (design section 3). */
        ActionState state() {
            return switch (outcome) {
                case ALLOW -> ActionState.ALLOW;
                case BLOCK -> ActionState.BLOCK;
                case REVIEW -> ActionState.REVIEW_REQUIRED;
                case CHALLENGE, UNKNOWN -> ActionState.CHALLENGE_REQUIRED;
            };
        }
    }

    static Ruling ruling(Setting.Action action) {
        return new Ruling(action.outcome(), List.of());
    }
}
