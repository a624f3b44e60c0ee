package sluice.challenge.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.EventTime;
import sluice.schemas.id.UserKey;

/**
 * What the rules made of a track event.
 *
 * @param eventId derived from the cause
 * @param causeId eventId of the track event; of a retried action's, the first
 * @param decidedAt the track event's time
 * @param state the action's first state
 * @param ruleIds rules that matched, the one that decided first
 * @param configurationVersion version of the configuration that was decided under
 * @param expiresAt when the challenge lapses; set for a challenge only
 * @param shadowRuleIds rules in shadow that matched
 * @param shadowOutcome what the outcome would have been if no rule were in shadow
 * @param by who tracked the action
 */
public record Decision(
        String eventId,
        String causeId,
        ActionKey action,
        Instant decidedAt,
        ActionOutcome outcome,
        ActionState state,
        List<String> ruleIds,
        long configurationVersion,
        boolean isEnrolled,
        List<VerificationMethod> enrolledMethods,
        List<VerificationMethod> allowedMethods,
        Optional<VerificationMethod> defaultMethod,
        Optional<Instant> expiresAt,
        List<String> shadowRuleIds,
        Optional<ActionOutcome> shadowOutcome,
        Optional<Actor> by) {

    public Decision {
        ruleIds = List.copyOf(ruleIds);
        enrolledMethods = List.copyOf(enrolledMethods);
        allowedMethods = List.copyOf(allowedMethods);
        shadowRuleIds = List.copyOf(shadowRuleIds);
        if (!UserKey.isText(eventId) || !UserKey.isText(causeId)) throw new IllegalArgumentException("Not an event id");
        if (!EventTime.isSound(decidedAt) || !expiresAt.map(EventTime::isSound).orElse(true)) {
            throw new IllegalArgumentException("No time between 1970 and the year 9999");
        }
        if (outcome == ActionOutcome.UNKNOWN) throw new IllegalArgumentException("An outcome that came later");
        if (!ActionLife.isFirst(state)) throw new IllegalArgumentException("No action begins as " + state);
        if (expiresAt.isPresent() != (state == ActionState.CHALLENGE_REQUIRED)) {
            throw new IllegalArgumentException("A challenge, and nothing else, lapses");
        }
    }
}
