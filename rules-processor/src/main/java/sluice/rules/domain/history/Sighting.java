package sluice.rules.domain.history;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that a user came with: a device, an address, a country.
 *
 * @param value what was seen
 * @param firstAt event time at which it was seen first
 * @param lastAt likewise, last
 * @param knownSince since when it is the user's own: an action with it was allowed, or its challenge was met
 */
@RecordBuilder
public record Sighting(String value, Instant firstAt, Instant lastAt, Optional<Instant> knownSince)
        implements SightingBuilder.With {
    boolean isKnown() {
        return knownSince.isPresent();
    }

    Sighting again(Instant at) {
        return at.isAfter(lastAt) ? withLastAt(at) : this;
    }

    Sighting known(Instant at) {
        return isKnown() ? this : withKnownSince(Optional.of(at));
    }

    @Override
    public String toString() {
        return "Sighting"; // personal data
    }
}
