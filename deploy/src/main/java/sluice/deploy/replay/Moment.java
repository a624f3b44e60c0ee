package sluice.deploy.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import sluice.challenge.kafka.ActionsReplay;
import sluice.rules.domain.Cause;
import sluice.rules.domain.User;
import sluice.rules.replay.UserReplay;
import sluice.runtime.kafka.MalformedEventException;
import sluice.schemas.Action;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.id.UserKey;

/**
 * A user as of a moment.
 *
 * @param isRebuilt whether from the events; without the keyset it is from the recorded outcomes
 * @param user as the rules processor knew them; empty where nothing had come of them, or it was not rebuilt
 * @param events each with what came of it, in the order in which they were judged
 * @param actions as the challenge service knew them
 * @param unreadable records of the user that nobody could judge
 * @param erased events whose key went when the user was deleted
 * @param isCut whether the log has lost its beginning
 * @param comparison of what was rebuilt with what was recorded
 */
public record Moment(
        String tenantId,
        String userId,
        Instant until,
        boolean isRebuilt,
        Optional<User> user,
        List<Happened> events,
        List<Action> actions,
        long unreadable,
        long erased,
        boolean isCut,
        Comparison comparison) {
    public Moment {
        events = List.copyOf(events);
        actions = List.copyOf(actions);
    }

    /** An event, with the outcomes of its own and the transitions that followed. */
    public record Happened(UserReplay.Judged judged, List<ChallengeTransition> transitions) {
        public Happened {
            transitions = List.copyOf(transitions);
        }
    }

    /**
     * What was rebuilt, beside what was recorded.
     *
     * @param recorded the user's outcomes on the log, until then
     */
    public static Moment rebuilt(
            String tenantId, String userId, Instant until, UserReplay.Rebuilt rebuilt, List<OutcomeRecord> recorded) {
        var telling = new Telling(UserKey.of(tenantId, userId));
        rebuilt.events().forEach(telling::add);
        return new Moment(
                tenantId,
                userId,
                until,
                true,
                rebuilt.user(),
                telling.events,
                telling.actions.actions(),
                rebuilt.unreadable() + telling.unreadable,
                rebuilt.erased(),
                rebuilt.isCut(),
                Comparison.of(telling.outcomes, recorded));
    }

    /** What was recorded, for who can't open the events: the challenges follow from it, but what the rules saw does not. */
    public static Moment recorded(String tenantId, String userId, Instant until, List<OutcomeRecord> recorded) {
        var telling = new Telling(UserKey.of(tenantId, userId));
        recorded.stream()
                .filter(outcome -> !(outcome.value() instanceof ChallengeTransition))
                .sorted(Comparator.comparing(OutcomeRecord::at))
                .forEach(outcome -> telling.add(new UserReplay.Judged(
                        new Cause(outcome.causeId(), tenantId, userId, outcome.at(), outcome.by()),
                        "Recorded",
                        0,
                        List.of(outcome.value()),
                        Optional.empty())));
        return new Moment(
                tenantId,
                userId,
                until,
                false,
                Optional.empty(),
                telling.events,
                telling.actions.actions(),
                telling.unreadable,
                0,
                false,
                Comparison.of(telling.outcomes, recorded));
    }

    /** The challenge service's part, event by event. */
    private static final class Telling {
        private final ActionsReplay actions;
        private final List<Happened> events = new ArrayList<>();
        private final List<OutcomeRecord> outcomes = new ArrayList<>();
        private long unreadable;

        private Telling(String userKey) {
            this.actions = new ActionsReplay(userKey);
        }

        private void add(UserReplay.Judged judged) {
            var transitions = new ArrayList<ChallengeTransition>();
            for (var outcome : judged.outcomes()) {
                outcomes.add(OutcomeRecord.of(outcome));
                transitions.addAll(followed(outcome));
            }
            transitions.forEach(transition -> outcomes.add(OutcomeRecord.of(transition)));
            events.add(new Happened(judged, transitions));
        }

        private List<ChallengeTransition> followed(SpecificRecord outcome) {
            try {
                return actions.take(outcome);
            } catch (MalformedEventException e) {
                unreadable++; // production has put it on the dead letters
                return List.of();
            }
        }
    }
}
