package sluice.challenge.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ActionState;
import sluice.schemas.id.EventTime;
import sluice.schemas.id.UserKey;

/**
 * A state that a backend has set.
 *
 * @param eventId derived from the cause
 * @param causeId eventId of the command
 * @param updatedAt that event's time
 * @param isRecent whether the rules processor still remembered the action: then its decision is on the log, before this
 * @param expiresAt when the challenge lapses; set for a challenge only
 * @param by who has set it
 */
public record Update(
        String eventId,
        String causeId,
        ActionKey action,
        Instant updatedAt,
        ActionState state,
        boolean isRecent,
        Optional<Instant> expiresAt,
        Optional<Actor> by) {

    public Update {
        if (!UserKey.isText(eventId) || !UserKey.isText(causeId)) throw new IllegalArgumentException("Not an event id");
        if (!EventTime.isSound(updatedAt) || !expiresAt.map(EventTime::isSound).orElse(true)) {
            throw new IllegalArgumentException("No time between 1970 and the year 9999");
        }
        if (state == ActionState.UNKNOWN) throw new IllegalArgumentException("A state that came later");
        if (expiresAt.isPresent() != (state == ActionState.CHALLENGE_REQUIRED)) {
            throw new IllegalArgumentException("A challenge, and nothing else, lapses");
        }
    }

    /** Whether it can be about an action that was decided then: one that is not remembered was decided before. */
    boolean isAbout(Decision decision) {
        return isRecent || decision.decidedAt().isBefore(updatedAt);
    }
}
