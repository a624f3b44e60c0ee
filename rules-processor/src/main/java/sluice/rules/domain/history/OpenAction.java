package sluice.rules.domain.history;

import sluice.rules.domain.ActionKey;

/** An action whose challenge may yet be met, and what the user came to it with. */
public record OpenAction(ActionKey key, Surroundings surroundings) {}
