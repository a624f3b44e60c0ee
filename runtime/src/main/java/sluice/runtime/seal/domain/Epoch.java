package sluice.runtime.seal.domain;

import java.time.Instant;

/**
 * A time for which what belongs to users is sealed with keys of one origin.
 *
 * @param from the first moment of it
 * @param to the first moment after it; no other epoch begins within the second of {@code from}
 */
public record Epoch(Instant from, Instant to) {
    public Epoch {
        if (!from.isBefore(to)) throw new IllegalArgumentException("An epoch of no time");
    }

    /** The second in which it begins, since 1970: what sealed bytes name it by. */
    public int id() {
        return (int) from.getEpochSecond(); // until 2106, if read as unsigned
    }

    public boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    public boolean overlaps(Epoch other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }
}
