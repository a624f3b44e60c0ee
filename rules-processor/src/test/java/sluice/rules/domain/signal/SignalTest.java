package sluice.rules.domain.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import sluice.runtime.signal.domain.Counts;
import sluice.schemas.ObservationKind;

class SignalTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Who is there, and how long after the one before; sometimes before, as events of two users may come. */
    record Arrival(long who, Duration gap) {}

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        var gaps = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 90),
                Arbitraries.longs().between(-1800, 7200),
                Arbitraries.longs().between(0, Duration.ofDays(2).toSeconds()));
        return Combinators.combine(Arbitraries.longs().between(1, 20), gaps.map(Duration::ofSeconds))
                .as(Arrival::new)
                .list()
                .ofMaxSize(120);
    }

    private static List<Observation> observations(List<Arrival> arrivals) {
        var observations = new ArrayList<Observation>();
        var now = START;
        for (var arrival : arrivals) {
            now = now.plus(arrival.gap());
            observations.add(new Observation(ObservationKind.USER, arrival.who(), now));
        }
        return observations;
    }

    private static Signal signal(List<Observation> observations) {
        var signal = Signal.NONE;
        for (var observation : observations) signal = signal.and(observation);
        return signal;
    }

    private static Instant newest(List<Observation> observations) {
        return observations.stream()
                .map(Observation::at)
                .max(Instant::compareTo)
                .orElse(START);
    }

    @Property
    void givenAnyArrivals_whenCounted_thenTheUsersAreThoseOfABruteForceCount(
            @ForAll("arrivals") List<Arrival> arrivals) {
        var observations = observations(arrivals);
        var newest = newest(observations);
        var lastMinutes = new HashMap<Long, Long>();
        observations.forEach(each -> lastMinutes.merge(each.who(), Counts.minuteOf(each.at()), Math::max));
        var minute = Counts.minuteOf(newest);

        var users = signal(observations).users().counts(newest);

        assertThat(users.lastHour(newest))
                .isEqualTo(lastMinutes.values().stream()
                        .filter(last -> last > minute - 60)
                        .count());
        assertThat(users.lastDay(newest))
                .isEqualTo(lastMinutes.values().stream()
                        .filter(last -> last / 60 > minute / 60 - 24)
                        .count());
    }

    /** P2: a crash makes observations come again, in their order. */
    @Property
    void givenAnyArrivals_whenTheLatestComeAgain_thenNothingChanges(@ForAll("arrivals") List<Arrival> arrivals) {
        var observations = observations(arrivals);
        var once = signal(observations);
        var newest = newest(observations);
        var again = once;
        for (var late : observations.subList(observations.size() / 2, observations.size())) again = again.and(late);

        assertThat(again.users().counts(newest)).isEqualTo(once.users().counts(newest));
    }

    @Property
    void givenAnyArrivals_whenTheyComeInTheOtherOrder_thenTheCountsAreTheSame(
            @ForAll("arrivals") List<Arrival> arrivals) {
        var observations = observations(arrivals);
        var newest = newest(observations);
        var backwards = new ArrayList<Observation>();
        observations.forEach(each -> backwards.add(0, each));

        assertThat(signal(backwards).users().counts(newest))
                .isEqualTo(signal(observations).users().counts(newest));
    }

    /** An address that a mobile carrier gives thousands of users. */
    @Test
    void givenMoreUsersThanAreRemembered_whenCounted_thenTheLatestAre() {
        var signal = Signal.NONE;
        for (var user = 0; user < 2 * Latest.MAX; user++) {
            signal = signal.and(new Observation(ObservationKind.USER, user, START.plusSeconds(60L * user)));
        }
        var end = START.plusSeconds(60L * 2 * Latest.MAX - 60);

        assertThat(signal.users().all()).hasSize(Latest.MAX);
        assertThat(signal.users().counts(end).lastHour(end)).isEqualTo(60);
        assertThat(signal.users().counts(end).lastDay(end)).isEqualTo(Latest.MAX);
    }

    @Test
    void givenAUser_whenTheyAreThereAgainInTheSameMinute_thenNothingChanges() {
        var once = Signal.NONE.and(new Observation(ObservationKind.USER, 1, START));

        assertThat(once.and(new Observation(ObservationKind.USER, 1, START.plusSeconds(59))))
                .isEqualTo(once);
    }

    @Test
    void givenOneUser_whenAnotherComesOrOneFails_thenItIsWorthTelling() {
        var one = Signal.NONE.and(new Observation(ObservationKind.USER, 1, START));

        assertThat(one.isWorthTelling(START)).isFalse();
        assertThat(one.and(new Observation(ObservationKind.USER, 2, START)).isWorthTelling(START))
                .isTrue();
        var failed = one.and(new Observation(ObservationKind.FAILURE, 1, START));
        assertThat(failed.isWorthTelling(START)).isTrue();
        assertThat(failed.users().counts(START).lastDay(START)).isOne();
        assertThat(failed.failures().counts(START).lastDay(START)).isOne();
        assertThat(failed.failedChallenges().counts(START).lastDay(START)).isZero();
        var failedChallenge = one.and(new Observation(ObservationKind.FAILED_CHALLENGE, 1, START));
        assertThat(failedChallenge.isWorthTelling(START)).isTrue();
        assertThat(failedChallenge.failures().counts(START).lastDay(START)).isZero();
        assertThat(failedChallenge.failedChallenges().counts(START).lastDay(START))
                .isOne();
    }

    @Test
    void givenASignal_whenADayHasPassed_thenItIsForgotten() {
        var signal = Signal.NONE
                .and(new Observation(ObservationKind.USER, 1, START))
                .and(new Observation(ObservationKind.FAILURE, 1, START))
                .and(new Observation(ObservationKind.FAILED_CHALLENGE, 1, START.plusSeconds(60)));
        var minute = Counts.minuteOf(START);

        assertThat(signal.isForgotten(minute + 24 * 60)).isFalse();
        assertThat(signal.isForgotten(minute + 24 * 60 + 1)).isTrue();
        assertThat(signal.users().counts(START).lastDay(START.plus(Duration.ofHours(25))))
                .isZero();
    }
}
