package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

/**
 * What the rules made of a track event.
 *
 * @param eventId derived from the cause
 * @param state the action's first state
 * @param ruleIds rules that matched, the one that decided first; empty where the action's default decided
 * @param configurationVersion version of the configuration that was decided under
 * @param enrolledMethods methods of the user's usable authenticators
 * @param allowedMethods methods that may meet the challenge
 * @param defaultMethod method to offer first
 * @param expiresAt when the challenge lapses; set for a challenge only
 * @param shadowRuleIds rules in shadow that matched
 * @param shadowOutcome what the outcome would have been if no rule were in shadow; empty where none in shadow matched
 * @param explanation an {@link Explanation}, sealed for the cause; empty where no rule was evaluated
 */
@RecordBuilder
public record Decision(
        String eventId,
        Cause cause,
        ActionKey action,
        ActionOutcome outcome,
        ActionState state,
        List<String> ruleIds,
        long configurationVersion,
        List<VerificationMethod> enrolledMethods,
        List<VerificationMethod> allowedMethods,
        Optional<VerificationMethod> defaultMethod,
        Optional<Instant> expiresAt,
        List<String> shadowRuleIds,
        Optional<ActionOutcome> shadowOutcome,
        Optional<Sealed> explanation)
        implements DecisionBuilder.With {

    public Decision {
        ruleIds = List.copyOf(ruleIds);
        enrolledMethods = List.copyOf(enrolledMethods);
        allowedMethods = List.copyOf(allowedMethods);
        shadowRuleIds = List.copyOf(shadowRuleIds);
        if (expiresAt.isPresent() != (state == ActionState.CHALLENGE_REQUIRED)) {
            throw new IllegalArgumentException("A challenge, and nothing else, lapses");
        }
    }

    public boolean isEnrolled() {
        return !enrolledMethods.isEmpty();
    }
}
