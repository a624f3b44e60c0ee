package sluice.rules.domain.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PlaceTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Place LONDON = new Place(51.5074, -0.1278, NOON);

    /** The great circle between the two is some 5,570 km. */
    @Test
    void givenLondonAndNewYork_whenMeasured_thenTheDistanceIsTheGreatCircles() {
        var newYork = new Place(40.7128, -74.0060, NOON.plus(Duration.ofHours(2)));

        assertThat(LONDON.kilometresTo(newYork)).isCloseTo(5570, within(10.0));
        assertThat(LONDON.speedTo(newYork)).isCloseTo(2785, within(5.0));
    }

    @Test
    void givenTwoPlacesAtOneMoment_whenMeasured_thenTheSpeedIsFinite() {
        assertThat(LONDON.speedTo(new Place(48.8566, 2.3522, NOON))).isFinite().isGreaterThan(1000);
    }

    @Property
    void givenAnyTwoPlaces_whenMeasured_thenBothWaysAreOneDistanceOfAtMostHalfTheEarth(
            @ForAll @DoubleRange(min = -90, max = 90) double north,
            @ForAll @DoubleRange(min = -180, max = 180) double east,
            @ForAll @DoubleRange(min = -90, max = 90) double otherNorth,
            @ForAll @DoubleRange(min = -180, max = 180) double otherEast) {
        var here = new Place(north, east, NOON);
        var there = new Place(otherNorth, otherEast, NOON);

        assertThat(here.kilometresTo(there)).isBetween(0.0, 20_016.0).isCloseTo(there.kilometresTo(here), within(1e-6));
    }
}
