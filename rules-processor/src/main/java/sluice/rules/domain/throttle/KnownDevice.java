package sluice.rules.domain.throttle;

import java.time.Instant;

/**
 * A device that an answer of the user's was right on: its failures are its own, and others' are none of its.
 *
 * @param device of a {@link Source}
 * @param verifiedAt event time of the latest right answer
 * @param failures wrong answers since
 * @param pace how fast it may try
 */
public record KnownDevice(String device, Instant verifiedAt, int failures, Pace pace) {
    KnownDevice attempted(Instant at) {
        return new KnownDevice(device, verifiedAt, failures, pace.attempted(at));
    }

    KnownDevice failed(Pace slower) {
        return new KnownDevice(device, verifiedAt, failures + 1, slower);
    }

    KnownDevice succeeded(Instant at) {
        return new KnownDevice(device, at, 0, pace.unlocked());
    }
}
