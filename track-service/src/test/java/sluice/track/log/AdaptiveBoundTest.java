package sluice.track.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveBoundTest {
    private static final Duration WAIT = Duration.ofMillis(150);
    private static final long LONG = Duration.ofMillis(400).toNanos();
    private static final long SHORT = Duration.ofMillis(5).toNanos();

    private final AdaptiveBound bound = new AdaptiveBound(1024, WAIT, 0);
    private long now;

    private void waited(long nanos) {
        assertThat(bound.enter()).isTrue();
        var enteredAt = now;
        now += nanos;
        bound.leave(enteredAt, now);
    }

    @Test
    void givenAsManyWaitingAsMay_whenOneMoreComes_thenItIsRefused_untilOneHasLeft() {
        for (var each = 0; each < 1024; each++) assertThat(bound.enter()).isTrue();
        assertThat(bound.enter()).isFalse();

        bound.leave(0, SHORT);

        assertThat(bound.enter()).isTrue();
    }

    @Test
    void givenManyWaiting_whenTheyWaitLong_thenFewerMay_onceInAWait() {
        for (var each = 0; each < 1000; each++) assertThat(bound.enter()).isTrue();
        for (var each = 0; each < 50; each++) bound.leave(0, LONG);
        var fewer = bound.places();
        bound.leave(0, LONG + 1);

        assertThat(fewer).isBetween(840, 901);
        assertThat(bound.places()).isEqualTo(fewer);
    }

    @Test
    void givenOneLongWaitAmongShortOnes_thenAsManyMayWaitAsBefore() {
        for (var each = 0; each < 100; each++) waited(SHORT);
        waited(LONG);

        assertThat(bound.places()).isEqualTo(1024);
    }

    @Test
    void givenEveryWaitLong_thenSomeMayStillWait() {
        for (var each = 0; each < 200; each++) waited(LONG);

        assertThat(bound.places()).isEqualTo(AdaptiveBound.PLACES_MIN);
    }

    @Test
    void givenFewPlaces_whenWaitsAreShort_thenThereAreMoreByAndBy_andNeverMoreThanMayBe() {
        for (var each = 0; each < 200; each++) waited(LONG);
        for (var each = 0; each < 2_000; each++) waited(SHORT);
        assertThat(bound.places()).isBetween(100, 250);

        for (var each = 0; each < 200_000; each++) waited(SHORT);
        assertThat(bound.places()).isEqualTo(1024);
    }

    @Test
    void givenFewerPlacesThanTheLeast_thenThereAreNoMore() {
        assertThat(new AdaptiveBound(2, WAIT, 0).places()).isEqualTo(2);
    }
}
