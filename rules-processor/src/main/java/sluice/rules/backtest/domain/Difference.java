package sluice.rules.backtest.domain;

import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;

/**
 * An action that the two worlds decide differently.
 *
 * @param cause the track event
 * @param before by the rules of the time
 * @param after by the candidate's
 */
public record Difference(Cause cause, ActionKey action, Judgement before, Judgement after) {
    Turn turn() {
        return new Turn(before.outcome(), after.outcome());
    }
}
