package sluice.rules.domain;

import sluice.runtime.seal.domain.Sealed;

/** Seals what explains a decision: the same bytes for the same arguments. */
public interface ExplanationSeal {
    Sealed seal(Cause cause, Explanation explanation);
}
