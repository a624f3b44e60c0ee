package sluice.challenge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.aggregate.WindowSize;
import sluice.runtime.query.Ownership;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;

/**
 * Counts each transition once in each of its windows (ADR 30). A record that comes again after a crash has an offset that
 * its aggregates know; a transition that was written twice has an eventId that was seen at an earlier offset.
 */
final class AggregateProcessor implements Processor<String, ChallengeTransition, String, OutcomeAggregate> {
    static final Duration TELL = Duration.ofSeconds(1);
    static final Duration SWEEP = Duration.ofSeconds(10);

    /** For so long a transition may come again; longer than a crash and the redelivery after it take. */
    static final Duration SEEN = Duration.ofDays(1);

    /** Aggregates that one sweep looks at. */
    static final int PER_SWEEP_MAX = 1000;

    private final Ownership ownership;

    /** Changed, and not told yet. */
    private final Set<String> untold = new LinkedHashSet<>();

    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, OutcomeAggregate> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, OutcomeAggregate> aggregates;

    @SuppressWarnings("NullAway.Init")
    private WindowStore<String, Long> seen;

    private Instant newest = Instant.MIN;

    /** Where the next sweep goes on; null at the beginning. */
    private @Nullable String next;

    /** Whether what an earlier life of this task may have left untold is told by the sweep that goes on. */
    private boolean tellsAll = true;

    AggregateProcessor(Ownership ownership) {
        this.ownership = ownership;
    }

    @Override
    public void init(ProcessorContext<String, OutcomeAggregate> context) {
        this.context = context;
        this.aggregates = context.getStateStore(AggregatesTopology.AGGREGATE);
        this.seen = context.getStateStore(AggregatesTopology.SEEN);
        context.schedule(TELL, PunctuationType.WALL_CLOCK_TIME, this::tell);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, now -> sweep(Instant.ofEpochMilli(now)));
        ownership.tookOver(context.taskId().partition());
    }

    @Override
    public void process(Record<String, ChallengeTransition> read) {
        var offset = context.recordMetadata().orElseThrow().offset();
        var loggedAt = Instant.ofEpochMilli(read.timestamp());
        if (loggedAt.isAfter(newest)) newest = loggedAt;
        ownership.requireUnbroken(context.taskId().partition());
        if (read.value() != null && isFirst(read.value().getEventId(), offset, read.timestamp())) {
            for (var size : WindowSize.values()) count(read.value(), size, loggedAt, offset);
        }
        ownership.applied(context);
    }

    /** Whether the transition was not seen at an earlier offset. */
    private boolean isFirst(String eventId, long offset, long timestamp) {
        var before = Math.max(0, timestamp - SEEN.toMillis());
        try (var found = seen.fetch(eventId, before, timestamp + SEEN.toMillis())) {
            if (found.hasNext()) return found.next().value >= offset;
        }
        seen.put(eventId, offset, timestamp);
        return true;
    }

    private void count(ChallengeTransition transition, WindowSize size, Instant loggedAt, long offset) {
        if (!size.counts(transition.getTransitionedAt(), loggedAt)) return;
        var key = AggregateKey.of(transition, size);
        var before = aggregates.get(key);
        if (before != null && before.getOffset() >= offset) return;
        aggregates.put(
                key,
                AggregateMapper.after(before, transition, size, context.taskId().partition(), offset));
        untold.add(key);
    }

    private void tell(long now) {
        ownership.requireUnbroken(context.taskId().partition());
        for (var key : untold) {
            var aggregate = aggregates.get(key);
            if (aggregate != null) tell(aggregate, now);
        }
        untold.clear();
    }

    private void tell(OutcomeAggregate aggregate, long now) {
        context.forward(new Record<>(AggregateKey.onTopic(aggregate), aggregate, now));
    }

    /** Removes what nobody asks about any more, some at a time; no later than the clock, as the newest may be ahead of it. */
    private void sweep(Instant now) {
        if (newest.equals(Instant.MIN)) return;
        var until = newest.isBefore(now) ? newest : now;
        try (var all = aggregates.range(next, null)) {
            for (var looked = 0; looked < PER_SWEEP_MAX && all.hasNext(); looked++) {
                var each = all.next();
                if (AggregateMapper.size(each.value).isForgotten(each.value.getStart(), until)) {
                    aggregates.delete(each.key);
                } else if (tellsAll) {
                    untold.add(each.key);
                }
            }
            next = all.hasNext() ? all.peekNextKey() : null;
            tellsAll &= next != null;
        }
    }

    @Override
    public void close() {
        ownership.released(context.taskId().partition());
    }
}
