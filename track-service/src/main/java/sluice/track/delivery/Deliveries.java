package sluice.track.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed's deliveries by this process: a lane for each partition that its consumer group gives it. What a lane has
 * not done with keeps its partition paused, and the polling goes on, so that a receiver that is down costs no
 * rebalance. An offset is committed when its event was delivered, or given up.
 *
 * @param <E> an event
 */
public final class Deliveries<E> implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration BUSY_POLL = Duration.ofMillis(50);
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 20;

    private final Consumer<String, byte[]> consumer;
    private final Feed<E> feed;
    private final Start start;
    private final InstantSource clock;
    private final Map<TopicPartition, Lane<E>> lanes = new ConcurrentHashMap<>();
    private Object receiver = "";
    private volatile boolean closed;

    /**
     * @param consumer of a group, which commits nothing by itself; closed when {@link #run()} ends
     * @param start where partitions that were just taken over are begun with
     */
    public Deliveries(Consumer<String, byte[]> consumer, Feed<E> feed, Start start, InstantSource clock) {
        this.consumer = consumer;
        this.feed = feed;
        this.start = start;
        this.clock = clock;
    }

    /** Delivers until it is closed, or the broker's answer makes an end of it. */
    public void run() {
        try (consumer) {
            consumer.subscribe(feed.topics(), this);
            while (!closed) {
                consumer.poll(isBusy() ? BUSY_POLL : IDLE_POLL).forEach(this::hand);
                hurryToANewReceiver();
                lanes.values().forEach(Lane::step);
                pauseWhereSomethingWaits();
                commit(lanes.keySet());
            }
            awaitWhatIsOnItsWay();
        }
    }

    /** Ends {@link #run()} some seconds later at most; called by any thread. */
    public void close() {
        closed = true;
    }

    /** How long the oldest event that this process has read has waited. */
    public Duration age() {
        return lanes.values().stream()
                .map(Lane::age)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private boolean isBusy() {
        return lanes.values().stream().anyMatch(lane -> !lane.isEmpty());
    }

    private void hand(ConsumerRecord<String, byte[]> read) {
        var lane = lanes.get(new TopicPartition(read.topic(), read.partition()));
        if (lane != null) lane.add(read.offset(), Instant.ofEpochMilli(read.timestamp()), feed.of(read));
    }

    private void hurryToANewReceiver() {
        var now = feed.receiver();
        if (!now.equals(receiver)) lanes.values().forEach(Lane::hurry);
        receiver = now;
    }

    private void pauseWhereSomethingWaits() {
        lanes.forEach((partition, lane) -> {
            if (lane.isEmpty()) consumer.resume(List.of(partition));
            else consumer.pause(List.of(partition));
        });
    }

    private void commit(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var lane = lanes.get(partition);
            if (lane != null)
                lane.uncommitted().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
        }
        if (offsets.isEmpty()) return;
        try {
            consumer.commitSync(offsets);
            offsets.forEach((partition, offset) -> committed(partition, offset.offset()));
        } catch (KafkaException e) {
            LOG.warn(
                    "Offsets of delivered events can't be committed now: {}",
                    e.getClass().getSimpleName());
        }
    }

    private void committed(TopicPartition partition, long offset) {
        var lane = lanes.get(partition);
        if (lane != null) lane.committed(offset);
    }

    private void awaitWhatIsOnItsWay() {
        lanes.values().forEach(Lane::close);
        var deadline = clock.instant().plus(LAST_WAIT);
        while (lanes.values().stream().anyMatch(Lane::isSending)
                && clock.instant().isBefore(deadline)) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        commit(lanes.keySet());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) return;
        start.seek(consumer, partitions);
        for (var partition : partitions) lanes.put(partition, lane(partition));
    }

    private Lane<E> lane(TopicPartition partition) {
        return new Lane<>(
                feed::send,
                clock,
                Deliveries::chance,
                feed::isLast,
                (event, offset) -> feed.givenUp(event, partition, offset));
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** What is on its way now will be sent again by the next owner: the receiver tells by the id. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit(partitions);
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var lane = lanes.remove(partition);
            if (lane != null) lane.close();
        }
    }
}
