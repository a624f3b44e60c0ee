package sluice.rules.backtest.domain;

import java.util.List;
import java.util.Optional;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Explanation;
import sluice.schemas.ActionOutcome;
import sluice.schemas.VerificationMethod;

/**
 * What one world makes of an action.
 *
 * @param allowedMethods methods that may meet the challenge; none where there is none
 * @param defaultMethod method to offer first, likewise
 * @param ruleIds rules that matched, the one that decided first
 * @param explanation what the rules saw; personal data. Empty where no rule was evaluated
 */
public record Judgement(
        ActionOutcome outcome,
        List<VerificationMethod> allowedMethods,
        Optional<VerificationMethod> defaultMethod,
        List<String> ruleIds,
        Optional<Explanation> explanation) {

    public Judgement {
        allowedMethods = List.copyOf(allowedMethods);
        ruleIds = List.copyOf(ruleIds);
    }

    static Judgement of(Decision decision, Optional<Explanation> explanation) {
        var isChallenge = decision.expiresAt().isPresent();
        return new Judgement(
                decision.outcome(),
                isChallenge ? decision.allowedMethods() : List.of(),
                isChallenge ? decision.defaultMethod() : Optional.empty(),
                decision.ruleIds(),
                explanation);
    }

    /** Whether user and backend would see no difference. */
    boolean isAlike(Judgement other) {
        return outcome == other.outcome
                && allowedMethods.equals(other.allowedMethods)
                && defaultMethod.equals(other.defaultMethod);
    }
}
