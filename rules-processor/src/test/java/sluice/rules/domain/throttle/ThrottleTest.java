package sluice.rules.domain.throttle;

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
import sluice.rules.domain.ActionKey;

class ThrottleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ActionKey HERS = new ActionKey("signIn", "hers");
    private static final ActionKey THEIRS = new ActionKey("signIn", "theirs");
    private static final Source LAPTOP = new Source(Optional.of("laptop"), "home");
    private static final Source AWAY = new Source(Optional.empty(), "away");

    /** S5: ten attempts in five minutes, and not one more. */
    @Test
    void givenTenAttempts_whenAnEleventhComesWithinFiveMinutes_thenItHasToWaitForTheFirstToAge() {
        var throttle = Throttle.FRESH;
        for (var i = 0; i < 10; i++) {
            assertThat(throttle.retryAt(THEIRS, at(i))).isEmpty();
            throttle = throttle.attempted(THEIRS, at(i));
        }

        assertThat(throttle.retryAt(THEIRS, at(10))).contains(at(300));
        assertThat(throttle.retryAt(THEIRS, at(299))).isPresent();
        assertThat(throttle.retryAt(THEIRS, at(300))).isEmpty();
    }

    /** S5: the same for strangers and for a device that is known. */
    @ParameterizedTest
    @CsvSource({"20, PT15M", "40, PT30M", "60, PT1H"})
    void givenFailures_whenTheirNumberIsRound_thenTheLockGrows(int failures, Duration lock) {
        for (var action : List.of(HERS, THEIRS)) {
            var locked = failed(onHerLaptop(), action, failures);

            assertThat(locked.lockedUntil(action, START)).contains(START.plus(lock));
            assertThat(locked.lockedUntil(action, START.plus(lock))).isEmpty();
        }
    }

    /** S4, E12: strangers end at eighty. */
    @Test
    void givenEightyFailuresOfStrangers_whenAnyTimePasses_thenTheyAloneStayLockedOut() {
        var late = START.plus(Duration.ofDays(36_500));

        assertThat(failed(onHerLaptop(), THEIRS, 79).lockedUntil(THEIRS, late)).isEmpty();
        var locked = failed(onHerLaptop(), THEIRS, 80);
        assertThat(locked.lockedUntil(THEIRS, late)).contains(Throttle.FOR_GOOD);
        assertThat(locked.lockedUntil(HERS, START)).isEmpty();
        assertThat(locked.retryAt(HERS, START)).isEmpty();
    }

    /** S4 (NIST SP 800-63B): no more than 100 failures of an account that nothing has cleared. */
    @Test
    void givenAHundredFailuresTogether_whenAnyTimePasses_thenEverybodyStaysLockedOut() {
        var locked = failed(failed(onHerLaptop(), THEIRS, 50), HERS, 50);

        assertThat(locked.lockedUntil(HERS, START.plus(Duration.ofDays(36_500))))
                .isPresent();
        assertThat(locked.lockedUntil(THEIRS, START.plus(Duration.ofDays(36_500))))
                .isPresent();
    }

    /** S6: from that device alone. */
    @Test
    void s6_givenFailuresOfBoth_whenTheKnownDeviceIsRight_thenItsOwnAreClearedAndNoOthers() {
        var throttle = failed(failed(onHerLaptop(), THEIRS, 19), HERS, 3).succeeded(HERS, START);

        assertThat(throttle.strangersFailures()).isEqualTo(19);
        assertThat(throttle.outstanding()).isEqualTo(19);
        assertThat(failed(throttle, THEIRS, 1).lockedUntil(THEIRS, START)).isPresent();
    }

    /** S6: where no device is known, from that network alone. */
    @Test
    void s6_givenFailuresFromTwoNetworks_whenAnAnswerFromOneIsRight_thenThoseFromTheOtherStillCount() {
        var elsewhere = new ActionKey("signIn", "elsewhere");
        var throttle = Throttle.FRESH.came(THEIRS, AWAY).came(elsewhere, new Source(Optional.empty(), "cafe"));

        var after = failed(failed(throttle, THEIRS, 7), elsewhere, 4).succeeded(elsewhere, START);

        assertThat(after.strangersFailures()).isEqualTo(7);
    }

    @Test
    void givenFailuresOfLongAgo_whenAnAnswerIsRightAnywhere_thenTheyAreForgottenAndALockForGoodIsNot() {
        var late = START.plus(Throttle.FAILURES_AGE).plusSeconds(1);

        assertThat(failed(onHerLaptop(), THEIRS, 5).succeeded(HERS, late).outstanding())
                .isZero();
        var locked = failed(onHerLaptop(), THEIRS, 80).succeeded(HERS, late);
        assertThat(locked.lockedUntil(THEIRS, late)).contains(Throttle.FOR_GOOD);
    }

    @Test
    void givenADeviceThatWasNeverRight_whenItFails_thenItIsAStranger() {
        var throttle = Throttle.FRESH.came(HERS, LAPTOP);

        assertThat(throttle.isOfKnownDevice(HERS)).isFalse();
        assertThat(failed(throttle, HERS, 3).strangersFailures()).isEqualTo(3);
    }

    /** What is bound to an authenticator goes with it, but for the attempts of the last minutes (S5). */
    @Test
    void givenLocks_whenTheAuthenticatorIsReplaced_thenNothingCountsButTheAttempts() {
        var throttle = failed(onHerLaptop(), THEIRS, 80).attempted(THEIRS, START);

        var unlocked = throttle.unlocked();

        assertThat(unlocked.lockedUntil(THEIRS, START)).isEmpty();
        assertThat(unlocked.outstanding()).isZero();
        assertThat(unlocked.isOfKnownDevice(HERS)).isFalse();
        assertThat(unlocked.strangers().attemptsAt()).containsExactly(START);
    }

    /** E12: whatever strangers do, from wherever, the owner's next answer on a known device is looked at. */
    @Property(tries = 200)
    void e12_noStrangersKeepTheOwnerOfAKnownDeviceOut(
            @ForAll @Size(max = 150) List<@IntRange(max = 100_000) Integer> moves) {
        var throttle = onHerLaptop();
        var now = START;
        for (var move : moves) {
            now = now.plusSeconds(move % 1000);
            var attack = new ActionKey("attack", String.valueOf(move % 50));
            throttle = attacked(throttle.came(attack, from(move)), attack, now);

            assertThat(throttle.retryAt(HERS, now)).isEmpty();
            assertThat(throttle.lockedUntil(HERS, now)).isEmpty();
        }
    }

    /** S4, S5, S28: with an owner who signs in now and then, strangers get no more guesses than is published. */
    @Property(tries = 200)
    void s28_noStrangersGetMoreGuessesThanPublished(
            @ForAll @Size(max = 300) List<@IntRange(max = 100_000) Integer> moves) {
        var throttle = onHerLaptop();
        var now = START;
        var guesses = new ArrayList<Instant>();
        for (var move : moves) {
            now = now.plusSeconds(move % 5000);
            var attack = new ActionKey("attack", String.valueOf(move % 50));
            var asked = throttle.came(attack, from(move));
            if (isLookedAt(asked, attack, now)) guesses.add(now);
            throttle = attacked(asked, attack, now);
            if (move % 7 == 0)
                throttle = throttle.came(HERS, LAPTOP).attempted(HERS, now).succeeded(HERS, now);
        }

        assertThat(guesses).hasSizeLessThanOrEqualTo(Throttle.STRANGERS_FAILURES_MAX);
        for (var from : guesses) {
            assertThat(guesses)
                    .filteredOn(each -> !each.isBefore(from) && each.isBefore(from.plus(Throttle.ATTEMPTS_WINDOW)))
                    .hasSizeLessThanOrEqualTo(Throttle.ATTEMPTS_MAX);
        }
    }

    /** Whoever comes, with however many devices and from however many networks, nothing grows, and no failure is lost. */
    @Property(tries = 200)
    void nothingGrowsBeyondItsLimit(@ForAll @Size(max = 200) List<@IntRange(max = 100_000) Integer> moves) {
        var throttle = onHerLaptop();
        var now = START;
        for (var move : moves) {
            now = now.plusSeconds(1);
            var action = new ActionKey("any", String.valueOf(move));
            var source = new Source(Optional.of("device-" + move % 40), "network-" + move % 60);
            var before = throttle.came(action, source);
            throttle = move % 5 == 0
                    ? before.attempted(action, now).succeeded(action, now)
                    : before.attempted(action, now).failed(action, now);

            if (move % 5 != 0) assertThat(throttle.outstanding()).isEqualTo(before.outstanding() + 1);
            assertThat(throttle.devices()).hasSizeLessThanOrEqualTo(Throttle.DEVICES_MAX);
            assertThat(throttle.failures()).hasSizeLessThanOrEqualTo(Throttle.NETWORKS_MAX);
            assertThat(throttle.origins()).hasSizeLessThanOrEqualTo(Throttle.ORIGINS_MAX);
            assertThat(throttle.strangers().attemptsAt()).hasSizeLessThanOrEqualTo(Throttle.ATTEMPTS_MAX);
        }
    }

    /** Strangers come with no device, one that nobody knows, or the owner's network. */
    private static Source from(int move) {
        var device = move % 3 == 0 ? Optional.<String>empty() : Optional.of("stranger-" + move % 11);
        return new Source(device, move % 4 == 0 ? "home" : "network-" + move % 40);
    }

    private static boolean isLookedAt(Throttle throttle, ActionKey action, Instant now) {
        return throttle.retryAt(action, now).isEmpty()
                && throttle.lockedUntil(action, now).isEmpty();
    }

    /** As {@code Verifying} asks and counts. */
    private static Throttle attacked(Throttle throttle, ActionKey action, Instant now) {
        if (throttle.retryAt(action, now).isPresent()) return throttle;
        var attempted = throttle.attempted(action, now);
        return attempted.lockedUntil(action, now).isPresent() ? attempted : attempted.failed(action, now);
    }

    private static Throttle onHerLaptop() {
        return Throttle.FRESH.came(HERS, LAPTOP).succeeded(HERS, START).came(THEIRS, AWAY);
    }

    private static Throttle failed(Throttle throttle, ActionKey action, int times) {
        var after = throttle;
        for (var i = 0; i < times; i++) after = after.failed(action, START);
        return after;
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
