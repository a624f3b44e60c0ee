package sluice.challenge.domain;

import java.util.List;

/** What an action and one event make together: the action afterwards, and what the world is told. */
public record Step(Action after, List<Outcome> outcomes) {
    public Step {
        outcomes = List.copyOf(outcomes);
    }
}
