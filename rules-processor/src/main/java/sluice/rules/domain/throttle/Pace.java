package sluice.rules.domain.throttle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How fast those may try who share a budget: ten attempts in five minutes are looked at (contract section 4, verify), and
 * none while a lock lasts.
 *
 * @param attemptsAt the attempts of the last five minutes, oldest first
 * @param lockedUntil until when no answer is looked at
 */
public record Pace(List<Instant> attemptsAt, Optional<Instant> lockedUntil) {
    static final int ATTEMPTS_MAX = 10;
    static final Duration ATTEMPTS_WINDOW = Duration.ofMinutes(5);

    /** Nothing was tried yet. */
    static final Pace FRESH = new Pace(List.of(), Optional.empty());

    public Pace {
        attemptsAt = List.copyOf(attemptsAt);
    }

    Optional<Instant> retryAt(Instant at) {
        var recent = recent(at).toList();
        return recent.size() < ATTEMPTS_MAX
                ? Optional.empty()
                : Optional.of(recent.get(recent.size() - ATTEMPTS_MAX).plus(ATTEMPTS_WINDOW));
    }

    Optional<Instant> lockedUntil(Instant at) {
        return lockedUntil.filter(at::isBefore);
    }

    Pace attempted(Instant at) {
        var attempts = Stream.concat(recent(at), Stream.of(at)).sorted().toList();
        return new Pace(attempts.subList(Math.max(0, attempts.size() - ATTEMPTS_MAX), attempts.size()), lockedUntil);
    }

    /** Locked for longer, if it is longer. */
    Pace locked(Instant until) {
        return new Pace(attemptsAt, lockedUntil.filter(until::isBefore).or(() -> Optional.of(until)));
    }

    Pace unlocked() {
        return new Pace(attemptsAt, Optional.empty());
    }

    private Stream<Instant> recent(Instant at) {
        return attemptsAt.stream().filter(attempt -> attempt.isAfter(at.minus(ATTEMPTS_WINDOW)));
    }
}
