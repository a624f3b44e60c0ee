package sluice.track.log;

import java.time.Duration;

/**
 * How many calls may wait at once: as many as keep the wait short on average, of the latest some. While it is short each
 * call that leaves makes room for a little more; while it is long a tenth is taken away, at most once in the time that a
 * wait may take (additive increase, multiplicative decrease, as TCP finds its rate). One call that waits long is none. Calls beyond it are refused at once, which is better for all than a queue whose end
 * nobody waits for. Thread-safe.
 */
final class AdaptiveBound {
    /** So few may always wait, however long it takes: a stall must not shut everybody out. */
    static final int PLACES_MIN = 64;

    private static final double LESS = 0.9;

    /** Places more for as many calls as there are places. */
    private static final double MORE = 8;

    /** The average is of about so many calls. */
    private static final double LATEST = 50;

    private final int placesMax;
    private final long waitNanos;
    private double places;
    private double averageNanos;
    private int waiting;
    private long lessenedAt;

    /**
     * Admits as many as may be at first.
     *
     * @param placesMax calls that may wait at once, at most
     * @param wait that is still short on average
     * @param now in nanoseconds, as every time here
     */
    AdaptiveBound(int placesMax, Duration wait, long now) {
        this.placesMax = placesMax;
        this.waitNanos = wait.toNanos();
        this.places = placesMax;
        this.lessenedAt = now;
    }

    /** Takes a place; false if there is none. */
    synchronized boolean enter() {
        if (waiting >= (int) places) return false;
        waiting++;
        return true;
    }

    /** Gives a place back. */
    synchronized void leave(long enteredAt, long now) {
        waiting--;
        averageNanos += (now - enteredAt - averageNanos) / LATEST;
        if (averageNanos <= waitNanos) {
            places = Math.min(placesMax, places + MORE / places);
        } else if (now - lessenedAt > waitNanos) {
            lessenedAt = now;
            places = Math.max(Math.min(PLACES_MIN, placesMax), Math.min(places, waiting + 1) * LESS);
        }
    }

    /** How many may wait at present. */
    synchronized int places() {
        return (int) places;
    }
}
