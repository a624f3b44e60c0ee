package sluice.challenge.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;

/**
 * An action went from one state to another. One that is not in the table, or that would meet a challenge without an
 * authenticator, can't be made (promise P6); an update of the backend, which answers for it, can.
 *
 * @param eventId derived from the cause
 * @param causeId eventId of the track event, verify event or command behind it
 * @param from state before; empty for the action's first
 * @param transitionedAt event time of the cause
 * @param ruleIds rules that decided the action
 * @param configurationVersion version of the configuration that the action was decided under
 * @param attempt attempts of the challenge so far
 * @param method method that met the challenge
 * @param authenticatorId authenticator that met the challenge
 * @param latencyMillis event time since the action was tracked; 0 where clocks disagree
 * @param by who is behind the cause
 */
public record Transition(
        String eventId,
        String causeId,
        ActionKey action,
        Optional<ActionState> from,
        ActionState to,
        Instant transitionedAt,
        TransitionReason reason,
        List<String> ruleIds,
        long configurationVersion,
        int attempt,
        Optional<VerificationMethod> method,
        Optional<String> authenticatorId,
        long latencyMillis,
        Optional<Actor> by) {

    public Transition {
        ruleIds = List.copyOf(ruleIds);
        if (attempt < 0 || latencyMillis < 0) throw new IllegalArgumentException("Attempts and latency start at 0");
        var isUpdate = reason == TransitionReason.UPDATED;
        var exists = from.map(before -> isUpdate ? ActionLife.mayBeSet(before, to) : ActionLife.leads(before, to))
                .orElseGet(() -> !isUpdate && ActionLife.isFirst(to));
        if (!exists) throw new IllegalArgumentException("Nothing leads from %s to %s".formatted(from, to));
        var isMet = to == ActionState.CHALLENGE_SUCCEEDED && !isUpdate;
        if (isMet != (reason == TransitionReason.VERIFIED) || isMet != authenticatorId.isPresent()) {
            throw new IllegalArgumentException("A challenge is met by an authenticator, or a backend says that it is");
        }
    }
}
