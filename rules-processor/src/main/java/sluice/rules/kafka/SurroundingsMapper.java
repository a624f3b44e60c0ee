package sluice.rules.kafka;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.history.Surroundings;
import sluice.schemas.Enrichment;
import sluice.schemas.TrackAttributes;

/** Finds in a track event's attributes what its user came with. */
final class SurroundingsMapper {
    private static final Enrichment NONE = new Enrichment();

    private SurroundingsMapper() {}

    static Surroundings toDomain(@Nullable TrackAttributes told) {
        if (told == null) return Surroundings.UNKNOWN;
        var found = told.getEnrichment() == null ? NONE : told.getEnrichment();
        var isPlaced = found.getLatitude() != null && found.getLongitude() != null;
        return new Surroundings(
                Optional.ofNullable(told.getDeviceId()).filter(id -> !id.isEmpty()),
                Optional.ofNullable(found.getAddress()),
                Optional.ofNullable(found.getCountry()),
                Optional.ofNullable(found.getLatitude()).filter(north -> isPlaced),
                Optional.ofNullable(found.getLongitude()).filter(east -> isPlaced),
                browser(found));
    }

    /** Such as {@code Firefox on Linux}. */
    private static Optional<String> browser(Enrichment found) {
        var parts = Stream.of(found.getBrowser(), found.getOperatingSystem())
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining(" on "));
        return Optional.of(parts).filter(text -> !text.isEmpty());
    }
}
