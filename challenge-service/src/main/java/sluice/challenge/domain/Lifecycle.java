package sluice.challenge.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole of the challenge service as three functions of what is known of an action and what came. An event that comes
 * again changes nothing, makes the same transition known again, since the first may have been lost with a process, and
 * is answered again.
 */
public final class Lifecycle {
    private Lifecycle() {}

    /**
     * An action was decided. The first decision stays; the verifications that waited for it are applied at once.
     *
     * @param known the action, empty if nothing of it has come
     * @param asker who awaits the answer. Where the asker's event is not the decision's cause, the client has tracked
     *     an action again that the log knows: that is answered, but no transition is made known again (promise P2)
     */
    public static Step decided(Optional<Action> known, Decision decision, Optional<Asker> asker) {
        return known.orElseGet(() -> Action.Awaiting.nothing(decision.action())).match(new Action.Cases<>() {
            @Override
            public Step awaiting(Action.Awaiting action) {
                return first(action, decision, asker);
            }

            @Override
            public Step decided(Action.Decided action) {
                var isRetry = asker.filter(who -> !who.eventId().equals(decision.causeId()))
                        .isPresent();
                var causeId = isRetry ? Optional.<String>empty() : Optional.of(decision.causeId());
                return told(action, causeId, asker, Optional.empty());
            }
        });
    }

    private static Step first(Action.Awaiting action, Decision decision, Optional<Asker> asker) {
        var step = told(Action.Decided.first(decision), Optional.of(decision.causeId()), asker, Optional.empty());
        var outcomes = new ArrayList<>(step.outcomes());
        for (var waiting : action.waiting()) {
            step = verified(Optional.of(step.after()), waiting.verification(), waiting.asker());
            outcomes.addAll(step.outcomes());
        }
        for (var waiting : action.updates()) {
            step = updated(Optional.of(step.after()), waiting.update(), waiting.asker());
            outcomes.addAll(step.outcomes());
        }
        return new Step(step.after(), outcomes);
    }

    /**
     * A code was judged, or a challenge's time is over. One that comes before the decision waits for it.
     *
     * @param known the action, empty if nothing of it has come
     * @param asker who awaits the answer
     */
    public static Step verified(Optional<Action> known, Verification verification, Optional<Asker> asker) {
        return known.orElseGet(() -> Action.Awaiting.nothing(verification.action()))
                .match(new Action.Cases<>() {
                    @Override
                    public Step awaiting(Action.Awaiting action) {
                        var waiting = new Waiting(verification, asker.map(Asker::partition));
                        return new Step(action.with(waiting), List.of());
                    }

                    @Override
                    public Step decided(Action.Decided action) {
                        var after = action.verified(verification);
                        return told(after, Optional.of(verification.causeId()), asker, Optional.of(verification));
                    }
                });
    }

    /**
     * A backend has set a state. One that comes before the decision that the log has waits for it; one of an action that
     * the log does not have finds nothing, and must not find it later.
     *
     * @param known the action, empty if nothing of it has come
     * @param asker who awaits the answer
     */
    public static Step updated(Optional<Action> known, Update update, Optional<Asker> asker) {
        return known.orElseGet(() -> Action.Awaiting.nothing(update.action())).match(new Action.Cases<>() {
            @Override
            public Step awaiting(Action.Awaiting action) {
                return update.isRecent()
                        ? new Step(action.with(new WaitingUpdate(update, asker.map(Asker::partition))), List.of())
                        : notFound(action, asker);
            }

            @Override
            public Step decided(Action.Decided action) {
                return update.isAbout(action.decision())
                        ? told(action.updated(update), Optional.of(update.causeId()), asker, Optional.empty())
                        : notFound(action, asker);
            }
        });
    }

    private static Step notFound(Action action, Optional<Asker> asker) {
        return new Step(
                action, asker.<Outcome>map(Outcome.NotFound::new).stream().toList());
    }

    /** Tells the transition that the cause has made, now or earlier, before the answer that follows from it. */
    private static Step told(
            Action.Decided after,
            Optional<String> causeId,
            Optional<Asker> asker,
            Optional<Verification> verification) {
        var outcomes = new ArrayList<Outcome>();
        causeId.flatMap(after::transitionOf).map(Outcome.Transitioned::new).ifPresent(outcomes::add);
        asker.map(who -> new Outcome.Answered(who, after, verification)).ifPresent(outcomes::add);
        return new Step(after, outcomes);
    }
}
