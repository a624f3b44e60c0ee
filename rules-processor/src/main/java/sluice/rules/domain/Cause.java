package sluice.rules.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.runtime.audit.domain.Actor;

/**
 * What every event has.
 *
 * @param eventId unique to the event; a second event with it changes nothing
 * @param tenantId the tenant
 * @param userId the user
 * @param at when the event was received: the only time there is
 * @param by who is behind it, if it says so
 */
public record Cause(String eventId, String tenantId, String userId, Instant at, Optional<Actor> by) {
    /** The same, received no earlier than an instant. */
    Cause notBefore(Instant earliest) {
        return at.isBefore(earliest) ? new Cause(eventId, tenantId, userId, earliest, by) : this;
    }
}
