package sluice.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.observe.Restoring;

/**
 * How far a service has got with rebuilding its stores from their changelogs: for the health page and a meter, and a
 * line of the log now and then. What is restored in a moment gets no line. Thread-safe.
 */
public final class RestoreProgress implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final double NANOS = 1e9;

    private final String service;
    private final LongSupplier clock;
    private final Map<String, Store> stores = new ConcurrentHashMap<>();
    private volatile long told;

    /** @param first and those after it are changelog offsets; since and told are nanoseconds of the clock */
    private record Store(long first, long next, long end, long since) {
        Store at(long next) {
            return new Store(first, next, end, since);
        }

        Restoring progress(long now) {
            var seconds = Math.max(1, now - since) / NANOS;
            return new Restoring(Math.max(0, end - next), Math.round((next - first) / seconds));
        }
    }

    /** @param clock nanoseconds since any moment */
    RestoreProgress(String service, LongSupplier clock) {
        this.service = service;
        this.clock = clock;
        this.told = clock.getAsLong();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long first, long end) {
        if (stores.isEmpty()) told = clock.getAsLong();
        stores.put(nameOf(changelog, store), new Store(first, first, end, clock.getAsLong()));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
        stores.computeIfPresent(nameOf(changelog, store), (name, before) -> before.at(last + 1));
        if (clock.getAsLong() - told < BETWEEN_LINES.toNanos()) return;
        told = clock.getAsLong();
        var now = stores();
        LOG.info(
                "{} restores {} stores: {} records left, {} a second",
                service,
                now.size(),
                now.values().stream().mapToLong(Restoring::recordsLeft).sum(),
                now.values().stream().mapToLong(Restoring::recordsPerSecond).sum());
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {
        var done = stores.remove(nameOf(changelog, store));
        if (done == null) return;
        var lasted = Duration.ofNanos(clock.getAsLong() - done.since());
        if (lasted.compareTo(BETWEEN_LINES) < 0) return;
        LOG.info("{} has restored {}: {} records in {}", service, nameOf(changelog, store), count, lasted);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        stores.remove(nameOf(changelog, store)); // the partition went to another instance
    }

    private static String nameOf(TopicPartition changelog, String store) {
        return store + "-" + changelog.partition();
    }

    /** Each store that is being restored, by its name and partition, such as {@code user-0}. */
    Map<String, Restoring> stores() {
        var now = clock.getAsLong();
        var progress = new TreeMap<String, Restoring>();
        stores.forEach((name, store) -> progress.put(name, store.progress(now)));
        return progress;
    }

    /** Records that all stores together still have to read, at most. */
    long recordsLeft() {
        return stores().values().stream().mapToLong(Restoring::recordsLeft).sum();
    }
}
