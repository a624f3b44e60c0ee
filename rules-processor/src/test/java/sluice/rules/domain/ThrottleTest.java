package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThrottleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** S5: ten attempts in five minutes, and not one more. */
    @Test
    void givenTenAttempts_whenAnEleventhComesWithinFiveMinutes_thenItHasToWaitForTheFirstToAge() {
        var throttle = Throttle.FRESH;
        for (var i = 0; i < 10; i++) {
            assertThat(throttle.retryAt(at(i))).isEmpty();
            throttle = throttle.attempted(at(i));
        }

        assertThat(throttle.retryAt(at(10))).contains(at(300));
        assertThat(throttle.retryAt(at(299))).isPresent();
        assertThat(throttle.retryAt(at(300))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, PT15M", "40, PT30M", "60, PT1H", "80, PT2H"})
    void givenFailuresInARow_whenTheirNumberIsRound_thenTheLockGrows(int failures, Duration lock) {
        assertThat(failed(failures).lockedUntil(START)).contains(START.plus(lock));
        assertThat(failed(failures).lockedUntil(START.plus(lock))).isEmpty();
    }

    /** S4 (NIST SP 800-63B): no more than 100 consecutive failures. */
    @Test
    void givenAHundredFailuresInARow_whenAnyTimePasses_thenTheLockStays() {
        assertThat(failed(99).lockedUntil(START.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(failed(100).lockedUntil(START.plus(Duration.ofDays(36_500)))).isPresent();
        assertThat(failed(101).lockedUntil(START.plus(Duration.ofDays(36_500)))).isPresent();
    }

    @Test
    void givenFailures_whenACodeIsAccepted_thenTheCountStartsAnew() {
        var throttle = failed(19).succeeded();

        assertThat(throttle.failed(START).lockedUntil(START)).isEmpty();
        assertThat(throttle.consecutiveFailures()).isZero();
    }

    @Property
    void noFiveMinutesHoldMoreThanTenAttempts(@ForAll @Size(max = 60) List<@IntRange(max = 900) Integer> seconds) {
        var throttle = Throttle.FRESH;
        var lookedAt = new ArrayList<Instant>();
        for (var second : seconds.stream().sorted().toList()) {
            if (throttle.retryAt(at(second)).isPresent()) continue;
            throttle = throttle.attempted(at(second));
            lookedAt.add(at(second));
        }

        assertThat(lookedAt).allSatisfy(from -> assertThat(lookedAt)
                .filteredOn(each -> !each.isBefore(from) && each.isBefore(from.plus(Throttle.ATTEMPTS_WINDOW)))
                .hasSizeLessThanOrEqualTo(Throttle.ATTEMPTS_MAX));
    }

    private static Throttle failed(int times) {
        var throttle = new Throttle(List.of(), 0, Optional.empty());
        for (var i = 0; i < times; i++) throttle = throttle.failed(START);
        return throttle;
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
