package sluice.challenge.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.challenge.domain.Action.Decided;
import sluice.schemas.Action;
import sluice.schemas.ActionState;

/**
 * Open challenges by the time when they lapse: an index of the actions, never asked for the truth. An entry stays until
 * its action is seen finished, so that no crash between asking for an end and reaching it leaves a challenge open.
 */
final class Expiries {
    /** Entries dealt with in one look, so that a look never holds up the events for long. */
    static final int PER_LOOK_MAX = 1000;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final String NOTHING = "";

    private final KeyValueStore<String, String> entries;
    private final ReadOnlyKeyValueStore<String, Action> actions;

    /** Entries asked for in this process and when; bounded by {@link #ASK_AGAIN} times what one look asks for. */
    private final Map<String, Long> asked = new HashMap<>();

    /** No entry is earlier: looks need not wade through the tombstones of those that have gone. */
    private long earliest;

    Expiries(KeyValueStore<String, String> entries, ReadOnlyKeyValueStore<String, Action> actions) {
        this.entries = entries;
        this.actions = actions;
    }

    /** Notes when an open challenge lapses; to be called again where a decision comes again, lest the first was lost. */
    void note(Decided action) {
        if (!action.isOpen()) return;
        action.expiresAt().ifPresent(at -> {
            entries.put(StoreKey.ofEntry(at.toEpochMilli(), StoreKey.of(action.key())), NOTHING);
            earliest = Math.min(earliest, Math.max(0, at.toEpochMilli()));
        });
    }

    /**
     * Looks for challenges whose time is over.
     *
     * @param now in milliseconds since the epoch
     * @param ask told each action that is still open
     */
    void look(long now, Consumer<Action> ask) {
        asked.values().removeIf(at -> at + ASK_AGAIN.toMillis() <= now);
        if (earliest > now) return;
        var kept = now + 1;
        try (var lapsed = entries.range(StoreKey.ofTime(earliest), StoreKey.ofTime(now + 1))) {
            var dealtWith = 0;
            while (lapsed.hasNext() && dealtWith < PER_LOOK_MAX) {
                var entry = lapsed.next().key;
                if (!asked.containsKey(entry)) dealtWith++;
                if (asked.containsKey(entry) || isAsked(entry, now, ask)) kept = Math.min(kept, StoreKey.timeOf(entry));
            }
            if (lapsed.hasNext()) kept = Math.min(kept, StoreKey.timeOf(lapsed.peekNextKey()));
        }
        earliest = kept;
    }

    /** Whether it was opened again since the entry was made: then it has another entry. */
    private static boolean hasTime(Action action, long now) {
        return action.getExpiresAt() != null && action.getExpiresAt().toEpochMilli() > now;
    }

    private boolean isAsked(String entry, long now, Consumer<Action> ask) {
        var action = actions.get(StoreKey.actionKeyOf(entry));
        if (action == null || action.getState() != ActionState.CHALLENGE_REQUIRED || hasTime(action, now)) {
            entries.delete(entry);
            return false;
        }
        ask.accept(action);
        asked.put(entry, now);
        return true;
    }
}
