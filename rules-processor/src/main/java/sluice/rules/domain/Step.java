package sluice.rules.domain;

import java.util.List;

/** What a user and one event make together: the user afterwards, and what the world is told. */
public record Step(User user, List<Outcome> outcomes) {
    public Step {
        outcomes = List.copyOf(outcomes);
    }
}
