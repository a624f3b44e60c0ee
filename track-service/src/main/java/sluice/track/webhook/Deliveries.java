package sluice.track.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
 * One tenant's deliveries by this process: a lane for each partition that its consumer group gives it. What a lane has
 * not done with keeps its partition paused, and the polling goes on, so that a receiver that is down costs no
 * rebalance. An offset is committed when its event was delivered, or given up.
 */
final class Deliveries implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration BUSY_POLL = Duration.ofMillis(50);
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 20;

    private final Consumer<String, byte[]> consumer;
    private final TenantEvents events;
    private final Receiver receiver;
    private final Start start;
    private final Duration giveUpAfter;
    private final InstantSource clock;
    private final WebhookMeters meters;
    private final Map<TopicPartition, Lane> lanes = new ConcurrentHashMap<>();
    private Optional<String> url = Optional.empty();
    private volatile boolean closed;

    Deliveries(
            Consumer<String, byte[]> consumer,
            TenantEvents events,
            Receiver receiver,
            Start start,
            Duration giveUpAfter,
            InstantSource clock,
            WebhookMeters meters) {
        this.consumer = consumer;
        this.events = events;
        this.receiver = receiver;
        this.start = start;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
        this.meters = meters;
    }

    /** Delivers until it is closed, or the broker's answer makes an end of it. */
    void run() {
        try (consumer) {
            consumer.subscribe(events.topics(), this);
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
    void close() {
        closed = true;
    }

    /** How long the oldest event that this process has read has waited. */
    Duration age() {
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
        var event = events.of(read).filter(told -> receiver.wants(told.type()));
        if (lane != null) lane.add(read.offset(), Instant.ofEpochMilli(read.timestamp()), event);
    }

    private void hurryToANewReceiver() {
        var now = receiver.url();
        if (!now.equals(url)) lanes.values().forEach(Lane::hurry);
        url = now;
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

    private Lane lane(TopicPartition partition) {
        return new Lane(
                this::send,
                clock,
                Deliveries::chance,
                giveUpAfter,
                (event, offset) -> givenUp(event, partition, offset));
    }

    /** The record stays on the log: that is where it can be found. */
    private void givenUp(WebhookEvent event, TopicPartition partition, long offset) {
        meters.countGivenUp();
        LOG.error(
                "{} {} is given up, and those behind it go on: its receiver has not taken it in {}; record {} of {}",
                event.type().text(),
                event.id(),
                giveUpAfter,
                offset,
                partition);
    }

    private CompletableFuture<Attempt> send(WebhookEvent event) {
        return receiver.post(event).thenApply(attempt -> {
            meters.count(attempt);
            return attempt;
        });
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
