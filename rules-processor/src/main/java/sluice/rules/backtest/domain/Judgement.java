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

    /** One that was recorded, without what explains it. */
    public static Judgement recorded(
            ActionOutcome outcome,
            boolean isChallenge,
            List<VerificationMethod> allowedMethods,
            Optional<VerificationMethod> defaultMethod,
            List<String> ruleIds) {
        return new Judgement(
                outcome,
                isChallenge ? allowedMethods : List.of(),
                isChallenge ? defaultMethod : Optional.empty(),
                ruleIds,
                Optional.empty());
    }

    static Judgement of(Decision decision, Optional<Explanation> explanation) {
        return recorded(
                        decision.outcome(),
                        decision.expiresAt().isPresent(),
                        decision.allowedMethods(),
                        decision.defaultMethod(),
                        decision.ruleIds())
                .explained(explanation);
    }

    private Judgement explained(Optional<Explanation> by) {
        return new Judgement(outcome, allowedMethods, defaultMethod, ruleIds, by);
    }

    /** Whether user and backend would see no difference. */
    boolean isAlike(Judgement other) {
        return outcome == other.outcome
                && allowedMethods.equals(other.allowedMethods)
                && defaultMethod.equals(other.defaultMethod);
    }
}
