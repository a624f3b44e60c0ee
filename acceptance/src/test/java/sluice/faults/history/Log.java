package sluice.faults.history;

import java.util.List;
import java.util.Optional;

/**
 * What the outcome topics hold at the end, each in the order of its partition.
 *
 * @param decisions of the topic {@code decisions}
 * @param verifications of the topic {@code verifications}
 * @param transitions of the topic {@code challenge-transitions}
 * @param replayed how a replay of {@code track-events} into empty state decided them
 */
public record Log(
        List<Decided> decisions, List<Verified> verifications, List<Transition> transitions, List<Decided> replayed) {
    public Log {
        decisions = List.copyOf(decisions);
        verifications = List.copyOf(verifications);
        transitions = List.copyOf(transitions);
        replayed = List.copyOf(replayed);
    }

    /** A decision, under the id of the record. */
    public record Decided(String eventId, Action action, String state) {}

    /** A code that was looked at. */
    public record Verified(String eventId, Action action, boolean isVerified) {}

    /** @param from empty at the beginning of the action */
    public record Transition(String eventId, Action action, Optional<String> from, String to) {}
}
