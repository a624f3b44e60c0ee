package sluice.challenge.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.Action;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Lifecycle;
import sluice.challenge.domain.Outcome;
import sluice.challenge.domain.Step;
import sluice.runtime.kafka.MalformedEventException;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;

/** Rebuilds one user's actions from outcomes, in memory, with the very functions that production does it with. */
public final class ActionsReplay {
    private final String userKey;
    private final Map<ActionKey, Action> actions = new LinkedHashMap<>();

    /** @param userKey tenantId/userId */
    public ActionsReplay(String userKey) {
        this.userKey = userKey;
    }

    /**
     * Takes the next outcome.
     *
     * @param outcome a decision, a verification or a user change; others move no action
     * @return transitions that follow; one whose cause has come before is given again
     * @throws MalformedEventException if production could not take it either
     */
    public List<ChallengeTransition> take(SpecificRecord outcome) {
        if (outcome instanceof Decision decision) return taken(Opening.decision(userKey, decision));
        if (outcome instanceof Verification verification) return taken(Opening.verification(userKey, verification));
        if (outcome instanceof UserChange change) return taken(Opening.userChange(userKey, change));
        return List.of();
    }

    /** Every action that was decided, in the order in which they came. */
    public List<sluice.schemas.Action> actions() {
        return actions.values().stream()
                .filter(Action.Decided.class::isInstance)
                .map(action -> ActionMapper.withoutHistory((Action.Decided) action))
                .toList();
    }

    private List<ChallengeTransition> taken(@Nullable Incoming came) {
        if (came == null) return List.of();
        return came.match(new Incoming.Cases<>() {
            @Override
            public List<ChallengeTransition> decided(Incoming.Decided incoming) {
                var decision = incoming.decision();
                return step(decision.action(), known -> Lifecycle.decided(known, decision, Optional.empty()));
            }

            @Override
            public List<ChallengeTransition> verified(Incoming.Verified incoming) {
                var verification = incoming.verification();
                return step(verification.action(), known -> Lifecycle.verified(known, verification, Optional.empty()));
            }

            @Override
            public List<ChallengeTransition> updated(Incoming.Updated incoming) {
                var update = incoming.update();
                return step(update.action(), known -> Lifecycle.updated(known, update, Optional.empty()));
            }

            @Override
            public List<ChallengeTransition> changed(Incoming.Changed incoming) {
                return List.of();
            }
        });
    }

    private List<ChallengeTransition> step(ActionKey key, Function<Optional<Action>, Step> event) {
        var step = event.apply(Optional.ofNullable(actions.get(key)));
        actions.put(key, step.after());
        var transitions = new ArrayList<ChallengeTransition>();
        for (var outcome : step.outcomes()) {
            if (outcome instanceof Outcome.Transitioned told) transitions.add(ActionMapper.toAvro(told.transition()));
        }
        return transitions;
    }
}
