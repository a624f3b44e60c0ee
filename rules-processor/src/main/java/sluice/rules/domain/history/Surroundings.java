package sluice.rules.domain.history;

import java.time.Instant;
import java.util.Optional;

/**
 * What a user came with to an action; empty is unknown.
 *
 * @param deviceId anonymous id of the device (contract section 8)
 * @param address IP address, in canonical form
 * @param country two letters (ISO 3166-1)
 * @param latitude degrees north; with longitude, or neither
 * @param longitude degrees east
 * @param browser browser and operating system, such as {@code Firefox on Linux}
 */
public record Surroundings(
        Optional<String> deviceId,
        Optional<String> address,
        Optional<String> country,
        Optional<Double> latitude,
        Optional<Double> longitude,
        Optional<String> browser) {
    /** Nothing is known. */
    public static final Surroundings UNKNOWN = new Surroundings(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Surroundings {
        if (latitude.isPresent() != longitude.isPresent()) {
            throw new IllegalArgumentException("A place has a latitude and a longitude");
        }
    }

    /** Where they were at a time. */
    public Optional<Place> place(Instant at) {
        return latitude.flatMap(north -> longitude.map(east -> new Place(north, east, at)));
    }

    @Override
    public String toString() {
        return "Surroundings"; // personal data
    }
}
