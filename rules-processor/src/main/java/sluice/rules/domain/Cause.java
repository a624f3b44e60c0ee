package sluice.rules.domain;

import java.time.Instant;

/**
 * What every event has.
 *
 * @param eventId unique to the event; a second event with it changes nothing
 * @param tenantId the tenant
 * @param userId the user
 * @param at when the event was received: the only time there is
 */
public record Cause(String eventId, String tenantId, String userId, Instant at) {
    /** The same, received no earlier than an instant. */
    Cause notBefore(Instant earliest) {
        return at.isBefore(earliest) ? new Cause(eventId, tenantId, userId, earliest) : this;
    }
}
