package sluice.rules.backtest.domain;

import java.util.Optional;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.ExplanationSeal;
import sluice.runtime.seal.domain.Sealed;

/** Keeps the latest explanation open, for the samples; what the users' states get in its place is empty. */
final class NotedExplanation implements ExplanationSeal {
    private static final Sealed NOTHING = new Sealed(new byte[0]);

    private Optional<Explanation> noted = Optional.empty();

    @Override
    public Sealed seal(Cause cause, Explanation explanation) {
        noted = Optional.of(explanation);
        return NOTHING;
    }

    /** The explanation since this was asked for last. */
    Optional<Explanation> take() {
        var taken = noted;
        noted = Optional.empty();
        return taken;
    }
}
