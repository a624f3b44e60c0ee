package sluice.rules.backtest.domain;

import java.util.Comparator;
import sluice.schemas.ActionOutcome;

/** From what to what a decision would change; from CHALLENGE to CHALLENGE: by other methods. */
public record Turn(ActionOutcome from, ActionOutcome to) implements Comparable<Turn> {
    private static final Comparator<Turn> ORDER =
            Comparator.comparing(Turn::from).thenComparing(Turn::to);

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}
