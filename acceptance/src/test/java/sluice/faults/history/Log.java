package sluice.faults.history;

import java.util.List;
import java.util.Optional;

/**
 * What the outcome topics hold at the end, each in the order of its partition.
 *
 * @param decisions of the topic {@code decisions}
 * @param verifications of the topic {@code verifications}
 * @param transitions of the topic {@code challenge-transitions}
 * @param replay how a replay of the events into empty state decided
 */
public record Log(List<Decided> decisions, List<Verified> verifications, List<Transition> transitions, Replay replay) {
    public Log {
        decisions = List.copyOf(decisions);
        verifications = List.copyOf(verifications);
        transitions = List.copyOf(transitions);
    }

    /**
     * A replay into empty state.
     *
     * @param compared decisions that were held against the record
     * @param deviating of these
     */
    public record Replay(long compared, long deviating) {}

    /** A decision, under the id of the record. */
    public record Decided(String eventId, Action action, String state) {}

    /** A code that was looked at. */
    public record Verified(String eventId, Action action, boolean isVerified) {}

    /** @param from empty at the beginning of the action */
    public record Transition(String eventId, Action action, Optional<String> from, String to) {}
}
