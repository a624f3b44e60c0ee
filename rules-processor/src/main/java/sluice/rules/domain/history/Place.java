package sluice.rules.domain.history;

import java.time.Duration;
import java.time.Instant;

/**
 * Where, by the address, somebody was at a time.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record Place(double latitude, double longitude, Instant at) {
    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** Any less is taken for it: addresses are placed to some kilometres, clocks to some seconds. */
    private static final Duration LEAST_TIME = Duration.ofMinutes(1);

    /** Along the surface, by the haversine formula. */
    double kilometresTo(Place other) {
        var north = Math.toRadians(other.latitude - latitude);
        var east = Math.toRadians(other.longitude - longitude);
        var half = square(Math.sin(north / 2))
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * square(Math.sin(east / 2));
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
    }

    /** How fast somebody went who was at both places, in km/h. */
    double speedTo(Place other) {
        var taken = Duration.between(at, other.at).abs();
        var hours = (taken.compareTo(LEAST_TIME) < 0 ? LEAST_TIME : taken).toMillis() / 3_600_000.0;
        return kilometresTo(other) / hours;
    }

    private static double square(double number) {
        return number * number;
    }

    @Override
    public String toString() {
        return "Place"; // personal data
    }
}
