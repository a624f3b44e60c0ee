package sluice.rules.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often a user may try. Ten attempts in five minutes are looked at (contract section 4, verify). Of codes refused
 * in a row, each 20 lock the user out, for 15 minutes at first and twice as long each time; 100 do so for good, until
 * the authenticator is replaced (NIST SP 800-63B: no more than 100 consecutive failures).
 *
 * @param attemptsAt the attempts of the last five minutes, oldest first
 * @param consecutiveFailures codes refused since the last one that was accepted
 * @param lockedUntil until when no code is looked at
 */
public record Throttle(List<Instant> attemptsAt, int consecutiveFailures, Optional<Instant> lockedUntil) {
    /** Nothing was tried yet. */
    public static final Throttle FRESH = new Throttle(List.of(), 0, Optional.empty());

    /** The end of time, as far as a lock is concerned: the last instant that every reader of the log can hold. */
    static final Instant FOR_GOOD = Instant.parse("9999-12-31T23:59:59Z");

    static final int ATTEMPTS_MAX = 10;
    static final Duration ATTEMPTS_WINDOW = Duration.ofMinutes(5);
    static final int FAILURES_PER_LOCK = 20;
    static final int FAILURES_MAX = 100;
    static final Duration FIRST_LOCK = Duration.ofMinutes(15);

    public Throttle {
        attemptsAt = List.copyOf(attemptsAt);
    }

    /** When another attempt will be looked at; empty: now. */
    Optional<Instant> retryAt(Instant at) {
        var recent = recent(at).toList();
        return recent.size() < ATTEMPTS_MAX
                ? Optional.empty()
                : Optional.of(recent.get(recent.size() - ATTEMPTS_MAX).plus(ATTEMPTS_WINDOW));
    }

    /** Until when the user is locked out; empty if they are not. */
    Optional<Instant> lockedUntil(Instant at) {
        return lockedUntil.filter(at::isBefore);
    }

    /** One more attempt, whatever comes of it. */
    Throttle attempted(Instant at) {
        var attempts = Stream.concat(recent(at), Stream.of(at)).sorted().toList();
        var kept = attempts.subList(Math.max(0, attempts.size() - ATTEMPTS_MAX), attempts.size());
        return new Throttle(kept, consecutiveFailures, lockedUntil);
    }

    /** The attempt's code was wrong. */
    Throttle failed(Instant at) {
        var failures = consecutiveFailures + 1;
        var locks = failures % FAILURES_PER_LOCK == 0 || failures >= FAILURES_MAX;
        return new Throttle(attemptsAt, failures, locks ? Optional.of(lockEnd(failures, at)) : lockedUntil);
    }

    private static Instant lockEnd(int failures, Instant at) {
        if (failures >= FAILURES_MAX) return FOR_GOOD;
        return at.plus(FIRST_LOCK.multipliedBy(1L << (failures / FAILURES_PER_LOCK - 1)));
    }

    /** The attempt's code was right. */
    Throttle succeeded() {
        return unlocked();
    }

    /** No failure counts any more; attempts of the last minutes still do. */
    Throttle unlocked() {
        return new Throttle(attemptsAt, 0, Optional.empty());
    }

    private Stream<Instant> recent(Instant at) {
        return attemptsAt.stream().filter(attempt -> attempt.isAfter(at.minus(ATTEMPTS_WINDOW)));
    }
}
