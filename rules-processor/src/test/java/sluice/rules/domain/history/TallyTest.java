package sluice.rules.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A value, and how long after the one before it came; sometimes before it. */
    record Arrival(Duration gap, int value) {}

    private record Valued(Instant at, double value) {}

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        var gaps = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 90),
                Arbitraries.longs().between(-1800, 7200),
                Arbitraries.longs().between(0, Duration.ofDays(40).toSeconds()));
        return Combinators.combine(
                        gaps.map(Duration::ofSeconds), Arbitraries.integers().between(-1000, 1000))
                .as(Arrival::new)
                .list()
                .ofMaxSize(150);
    }

    /** To the bucket: a window holds the bucket at hand and those just before, whatever order their values came in. */
    @Property
    void givenAnyArrivals_whenCounted_thenEveryWindowIsWhatABruteForceCountGives(
            @ForAll("arrivals") List<Arrival> arrivals) {
        var tally = Tally.EMPTY;
        var all = new ArrayList<Valued>();
        var now = START;
        var newest = START;
        for (var arrival : arrivals) {
            now = now.plus(arrival.gap());
            newest = now.isAfter(newest) ? now : newest;
            tally = tally.and(now, arrival.value());
            all.add(new Valued(now, arrival.value()));
        }

        for (var window : Window.values()) {
            var inside = inside(all, window, newest);
            assertThat(tally.count(window, newest)).as(window.name()).isEqualTo(inside.size());
            assertThat(tally.sum(window, newest))
                    .as(window.name())
                    .isEqualTo(inside.stream().mapToDouble(Valued::value).sum());
            assertThat(tally.max(window, newest))
                    .as(window.name())
                    .isEqualTo(inside.stream().mapToDouble(Valued::value).max());
        }
    }

    private static List<Valued> inside(List<Valued> all, Window window, Instant end) {
        var length =
                switch (window) {
                    case TEN_MINUTES -> Duration.ofMinutes(10);
                    case HOUR -> Duration.ofHours(1);
                    case DAY -> Duration.ofHours(24);
                    case WEEK -> Duration.ofDays(7);
                    case MONTH -> Duration.ofDays(30);
                };
        var bucket =
                switch (window) {
                    case TEN_MINUTES, HOUR -> Duration.ofMinutes(1);
                    case DAY -> Duration.ofHours(1);
                    case WEEK, MONTH -> Duration.ofDays(1);
                };
        var ends = START.plus(bucket.multipliedBy(Duration.between(START, end).dividedBy(bucket) + 1));
        return all.stream()
                .filter(each -> !each.at().isBefore(ends.minus(length)))
                .toList();
    }

    @Property
    void givenAnyArrivals_whenCounted_thenTheTallyIsBounded(@ForAll("arrivals") List<Arrival> arrivals) {
        var tally = Tally.EMPTY;
        var now = START;
        for (var arrival : arrivals) {
            now = now.plus(arrival.gap());
            tally = tally.and(now);
        }

        assertThat(tally.minutes()).hasSizeLessThanOrEqualTo(60);
        assertThat(tally.hours()).hasSizeLessThanOrEqualTo(24);
        assertThat(tally.days()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void givenTheLastSecondOfAMinute_whenTenMinutesPass_thenItIsOutside() {
        var tally = Tally.EMPTY.and(START.plusSeconds(59), 5);

        assertThat(tally.count(Window.TEN_MINUTES, START.plusSeconds(599))).isOne();
        assertThat(tally.count(Window.TEN_MINUTES, START.plusSeconds(600))).isZero();
        assertThat(tally.max(Window.TEN_MINUTES, START.plusSeconds(600))).isEqualTo(OptionalDouble.empty());
        assertThat(tally.count(Window.HOUR, START.plusSeconds(600))).isOne();
    }

    @Test
    void givenNegativeValues_whenCompared_thenTheGreatestOfThemIsTheGreatest() {
        var tally = Tally.EMPTY.and(START, -3).and(START.plusSeconds(61), -7);

        assertThat(tally.max(Window.HOUR, START.plusSeconds(61))).hasValue(-3);
    }
}
