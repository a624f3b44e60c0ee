package sluice.challenge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import sluice.challenge.domain.Action.Decided;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Decision;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.id.NobodyId;

/**
 * Actions by the time when something is to become of them: an open challenge lapses, a made-up user is to be forgotten,
 * and an action that nothing has moved for as long as outcomes are kept goes. An index, never asked for the truth. An
 * entry of a challenge stays until its action is seen finished, or its made-up user gone, so that no crash between
 * asking for an end and reaching it leaves a challenge open.
 */
final class Expiries {
    /**
     * Ends that are asked for and not reached. A rules processor that is behind gets to them late: asking for more, or
     * again, would keep it behind.
     */
    static final int AWAITED_MAX = 1000;

    /** Entries of finished actions dealt with in one look: more than decisions come in a second. */
    static final int FINISHED_PER_LOOK_MAX = 4000;

    /** What was asked for is on the log, and comes: this is for what nobody thought of. */
    static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private static final String NOTHING = "";

    private final KeyValueStore<String, String> entries;
    private final KeyValueStore<String, Action> actions;
    private final Duration retention;

    /** Entries asked for in this process, and when. */
    private final Map<String, Long> asked = new HashMap<>();

    /** No entry is earlier: looks need not wade through the tombstones of those that have gone. */
    private long earliest;

    /** @param retention how long an action stays that nothing moves */
    Expiries(KeyValueStore<String, String> entries, KeyValueStore<String, Action> actions, Duration retention) {
        this.entries = entries;
        this.actions = actions;
        this.retention = retention;
    }

    /**
     * Notes when an open challenge lapses, and when one that is nobody's can't be claimed any more: as long again after
     * it; of a finished action, when it goes. To be called again where a decision comes again, lest the first was lost.
     */
    void note(Decided action) {
        if (!action.isOpen()) {
            note(action.stateUpdatedAt().plus(retention), action.key());
            return;
        }
        action.expiresAt().ifPresent(at -> note(at, action.key()));
        if (NobodyId.is(action.key().userId())) forgottenAt(action.decision()).ifPresent(at -> note(at, action.key()));
    }

    private void note(Instant at, ActionKey key) {
        entries.put(StoreKey.ofEntry(at.toEpochMilli(), StoreKey.of(key)), NOTHING);
        earliest = Math.min(earliest, Math.max(0, at.toEpochMilli()));
    }

    private static Optional<Instant> forgottenAt(Decision decision) {
        return decision.expiresAt().map(at -> at.plus(Duration.between(decision.decidedAt(), at)));
    }

    /** A made-up user was deleted, and need not be forgotten again. */
    void forgotten(String userKey) {
        try (var theirs = actions.prefixScan(StoreKey.ofUser(userKey), new StringSerializer())) {
            theirs.forEachRemaining(each -> forgottenAt(each.value)
                    .ifPresent(at -> entries.delete(StoreKey.ofEntry(at.toEpochMilli(), each.key))));
        }
    }

    private static Optional<Instant> forgottenAt(Action action) {
        return Optional.ofNullable(action.getDecision())
                .map(EventMapper::toDomain)
                .flatMap(Expiries::forgottenAt);
    }

    /**
     * Looks for challenges whose time is over, for made-up users whose time is, and for actions that go.
     *
     * @param now in milliseconds since the epoch
     * @param ask told each action that is still open, and each that was met and is nobody's
     */
    void look(long now, Consumer<Action> ask) {
        asked.values().removeIf(at -> at + ASK_AGAIN.toMillis() <= now);
        if (earliest > now) return;
        var kept = now + 1;
        try (var lapsed = entries.range(StoreKey.ofTime(earliest), StoreKey.ofTime(now + 1))) {
            var finished = 0;
            while (lapsed.hasNext() && finished < FINISHED_PER_LOOK_MAX) {
                var entry = lapsed.peekNextKey();
                var action = toEnd(entry, now);
                if (action.isEmpty()) finished++;
                else if (!isAskedFor(entry, action.get(), now, ask)) break;
                else kept = Math.min(kept, StoreKey.timeOf(entry));
                lapsed.next();
            }
            if (lapsed.hasNext()) kept = Math.min(kept, StoreKey.timeOf(lapsed.peekNextKey()));
        }
        earliest = kept;
    }

    /** Whether it was opened again since the entry was made: then it has another entry. */
    private static boolean hasTime(Action action, long now) {
        return action.getExpiresAt() != null && action.getExpiresAt().toEpochMilli() > now;
    }

    private static boolean isOpen(Action action) {
        return action.getState() == ActionState.CHALLENGE_REQUIRED;
    }

    /** Whether it is nobody's and can't be claimed any more. One that has failed went with its user at once. */
    private static boolean isForgotten(Action action, long now) {
        return NobodyId.is(action.getUserId())
                && action.getState() == ActionState.CHALLENGE_SUCCEEDED
                && forgottenAt(action).filter(at -> at.toEpochMilli() <= now).isPresent();
    }

    /** The action of an entry, if it has to end still; the entry of any other goes, or is moved. */
    private Optional<Action> toEnd(String entry, long now) {
        var action = actions.get(StoreKey.actionKeyOf(entry));
        if (action != null && !hasTime(action, now) && (isOpen(action) || isForgotten(action, now))) {
            return Optional.of(action);
        }
        asked.remove(entry);
        entries.delete(entry);
        if (action != null && !isOpen(action)) goOrStay(StoreKey.actionKeyOf(entry), action, now);
        return Optional.empty();
    }

    /** Whether it was asked for, now or lately; not where too many are awaited. */
    private boolean isAskedFor(String entry, Action action, long now, Consumer<Action> ask) {
        if (asked.containsKey(entry)) return true;
        if (asked.size() >= AWAITED_MAX) return false;
        ask.accept(action);
        asked.put(entry, now);
        return true;
    }

    /** Lets a finished action go, or notes when it will have to. */
    private void goOrStay(String actionKey, Action action, long now) {
        var movedAt = action.getStateUpdatedAt();
        if (movedAt == null) return; // not decided yet
        var goesAt = movedAt.plus(retention).toEpochMilli();
        if (goesAt <= now) actions.delete(actionKey);
        else entries.put(StoreKey.ofEntry(goesAt, actionKey), NOTHING);
    }
}
