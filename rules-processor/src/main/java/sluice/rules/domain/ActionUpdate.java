package sluice.rules.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.schemas.ActionState;

/**
 * A state that a backend has set.
 *
 * @param isRecent whether the user's record still has the action: then its decision is on the log, before this
 * @param expiresAt when the challenge lapses; set for a challenge only
 */
public record ActionUpdate(ActionKey action, ActionState state, boolean isRecent, Optional<Instant> expiresAt) {}
