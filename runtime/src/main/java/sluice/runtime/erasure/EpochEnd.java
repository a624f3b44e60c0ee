package sluice.runtime.erasure;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.erasure.domain.LiveEpoch;

/**
 * Removes keys of epochs that nobody needs any more: an epoch's time and as much again must be over, and a group must
 * have committed all that was on its inputs after that. Any number of processes may do so at once.
 */
public final class EpochEnd implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpochEnd.class);

    private final EpochKeys keys;
    private final EpochKeeper keeper;
    private final Admin admin;
    private final List<String> inputs;
    private final String group;
    private final Duration length;
    private final InstantSource clock;
    private final Map<String, Map<TopicPartition, Long>> targets = new HashMap<>();
    private final ScheduledExecutorService looks = EpochKeeper.background("epoch-end");

    /**
     * Begins to look.
     *
     * @param keeper removes them
     * @param inputs topics whose records are sealed with keys that come from these
     * @param group that opens them, and keeps what it needs of the keys
     * @param length of an epoch
     */
    public EpochEnd(
            EpochKeys keys,
            EpochKeeper keeper,
            Admin admin,
            List<String> inputs,
            String group,
            Duration length,
            InstantSource clock) {
        this.keys = keys;
        this.keeper = keeper;
        this.admin = admin;
        this.inputs = List.copyOf(inputs);
        this.group = group;
        this.length = length;
        this.clock = clock;
        var between = EpochKeeper.between(length).toMillis();
        looks.scheduleWithFixedDelay(this::look, between, between, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.warn("Keys of epochs that are over can't be removed now, which is tried again", e);
        }
    }

    private void end() throws ExecutionException, InterruptedException {
        var over = keys.live().over(clock.instant().minus(length));
        targets.keySet().retainAll(over.stream().map(LiveEpoch::name).toList());
        for (var each : over) {
            if (!isRead(each)) continue;
            keeper.remove(each.name());
            LOG.info("The key for {} is removed", each.epoch());
        }
    }

    /** What comes after this was sealed with a younger key, or can't be opened. */
    private boolean isRead(LiveEpoch epoch) throws ExecutionException, InterruptedException {
        if (!targets.containsKey(epoch.name())) targets.put(epoch.name(), ends());
        var committed = committed();
        return targets.get(epoch.name()).entrySet().stream()
                .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : admin.describeTopics(inputs).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(each ->
                            wanted.put(new TopicPartition(topic.name(), each.partition()), OffsetSpec.latest()));
        }
        return admin.listOffsets(wanted).all().get().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        var committed = new HashMap<TopicPartition, Long>();
        for (Map.Entry<TopicPartition, @Nullable OffsetAndMetadata> each : admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()) {
            var offset = each.getValue();
            if (offset != null) committed.put(each.getKey(), offset.offset());
        }
        return committed;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
