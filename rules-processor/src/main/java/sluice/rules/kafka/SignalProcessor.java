package sluice.rules.kafka;

import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.signal.Observation;
import sluice.rules.domain.signal.Signal;
import sluice.runtime.signal.domain.Counts;
import sluice.schemas.SignalCounts;

/** Counts what was seen of addresses and devices: one read, one put, and that only where something changes. */
final class SignalProcessor implements Processor<String, Observation, String, SignalCounts> {
    static final Duration SWEEP = Duration.ofSeconds(10);

    /** Signals that one sweep looks at: 360,000 an hour of each partition. */
    static final int PER_SWEEP_MAX = 1000;

    private final String keyCheck;

    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, SignalCounts> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, sluice.schemas.Signal> signals;

    private Instant newest = Instant.MIN;

    /** Where the next sweep goes on; null at the beginning. */
    private @Nullable String next;

    /** @param keyCheck tells readers which key the signals are named by */
    SignalProcessor(String keyCheck) {
        this.keyCheck = keyCheck;
    }

    @Override
    public void init(ProcessorContext<String, SignalCounts> context) {
        this.context = context;
        this.signals = context.getStateStore(SignalsTopology.SIGNAL);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> sweep(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, Observation> read) {
        var at = read.value().at();
        if (at.isAfter(newest)) newest = at;
        var stored = signals.get(read.key());
        var before = stored == null ? Signal.NONE : SignalMapper.toDomain(stored);
        var after = before.and(read.value());
        if (after.equals(before)) return;
        // told before it is put: after a crash in between it is told again, else nobody would hear of it
        if (after.isWorthTelling(at)) context.forward(read.withValue(SignalMapper.counts(after, at, keyCheck)));
        signals.put(read.key(), SignalMapper.toAvro(after));
    }

    /**
     * Removes what no window reaches any more, some at a time. The time is that of the newest event, so that nothing is
     * removed under a replay of old ones; and no later than the clock, so that an event of a wrong time removes nothing.
     */
    private void sweep(Instant now) {
        if (newest.equals(Instant.MIN)) return;
        var minute = Counts.minuteOf(newest.isBefore(now) ? newest : now);
        try (var all = signals.range(next, null)) {
            for (var looked = 0; looked < PER_SWEEP_MAX && all.hasNext(); looked++) {
                var each = all.next();
                if (SignalMapper.toDomain(each.value).isForgotten(minute)) signals.delete(each.key);
            }
            next = all.hasNext() ? all.peekNextKey() : null;
        }
    }
}
