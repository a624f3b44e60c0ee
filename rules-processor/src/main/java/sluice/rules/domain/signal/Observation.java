package sluice.rules.domain.signal;

import java.time.Instant;
import sluice.schemas.ObservationKind;

/**
 * Something that was seen of an address or a device.
 *
 * @param who the user, or the failure: no more than tells them apart
 * @param at event time
 */
public record Observation(ObservationKind kind, long who, Instant at) {}
