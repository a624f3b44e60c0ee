package sluice.runtime.query;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the process stood still: was stopped, swapped out, or kept from its processor. Its own clocks go on
 * meanwhile, and so do the others, who may have taken it for dead. Thread-safe.
 */
final class Standstill {
    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);

    private final Duration bound;
    private final LongSupplier clock;
    private final AtomicInteger count = new AtomicInteger();
    private volatile long ticked;

    /**
     * Begins to watch.
     *
     * @param bound what is longer than that is a standstill
     * @param clock nanoseconds since any moment, that go on while the process stands
     */
    Standstill(Duration bound, LongSupplier clock) {
        this.bound = bound;
        this.clock = clock;
        this.ticked = clock.getAsLong();
    }

    /** To be called again and again, many times within the bound, by one thread that does nothing else. */
    void tick() {
        if (isStill()) {
            count.incrementAndGet();
            LOG.warn(
                    "The process stood still for {}: it asks for its partitions anew",
                    Duration.ofNanos(clock.getAsLong() - ticked));
        }
        ticked = clock.getAsLong();
    }

    private boolean isStill() {
        return clock.getAsLong() - ticked > bound.toNanos();
    }

    /** How many there were. */
    int count() {
        return count.get();
    }

    /** Whether there was one since the count was this, one that lasts until now included. */
    boolean isSince(int before) {
        return isStill() || count.get() != before;
    }
}
