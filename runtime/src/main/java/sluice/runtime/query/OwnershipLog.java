package sluice.runtime.query;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.schemas.Owner;
import sluice.schemas.topic.Topic;

/**
 * Announces on the owners topic which partitions this process owns, and knows of each whether it may answer queries.
 *
 * <p>After a take-over the restored state may lack events that the former owner had applied and answered but not
 * committed. So the new owner answers no query before it has applied all that was on its inputs when it took over
 * (promise P4).
 */
public final class OwnershipLog implements Ownership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipLog.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int TICKS_PER_SESSION = 40;

    private final String service;
    private final String endpoint;
    private final List<String> inputs;
    private final String group;
    private final Admin admin;
    private final Topic<Owner> topic;
    private final Producer<String, Owner> producer;
    private final Map<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looks = background("ownership");
    private final Standstill standstill;
    private final ScheduledExecutorService ticks = background("standstill");

    /**
     * @param service whose state it is
     * @param endpoint where this process answers queries
     * @param inputs topics that the state is a fold of
     * @param group consumer group that reads them
     * @param sessionTimeout silence after which the group takes this process for dead
     */
    public OwnershipLog(
            String service,
            String endpoint,
            List<String> inputs,
            String group,
            Admin admin,
            Topic<Owner> topic,
            KafkaProperties kafka,
            Duration sessionTimeout) {
        this.service = service;
        this.endpoint = endpoint;
        this.inputs = inputs;
        this.group = group;
        this.admin = admin;
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                kafka.producer(), new StringSerializer(), topic.value().serializer());
        this.standstill = new Standstill(sessionTimeout.multipliedBy(2).dividedBy(3), System::nanoTime);
        var between = sessionTimeout.dividedBy(TICKS_PER_SESSION).toMillis();
        ticks.scheduleAtFixedRate(standstill::tick, between, between, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService background(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void tookOver(int partition) {
        var taken = new OwnedPartition(partition, standstill.count());
        owned.put(partition, taken);
        looks.execute(() -> catchUp(taken));
        var announced = new ProducerRecord<>(
                topic.name(), 0, service + "/" + partition, new Owner(service, partition, endpoint, Instant.now()));
        announced.headers().add(QueryRoute.BINDS, new byte[0]);
        producer.send(announced);
    }

    @Override
    public void released(int partition) {
        owned.remove(partition);
    }

    @Override
    public void requireUnbroken(int partition) {
        var mine = owned.get(partition);
        if (mine != null && standstill.isSince(mine.standstills())) {
            throw new TaskMigratedException("The process stood still, partition %d of %s may be another's by now"
                    .formatted(partition, service));
        }
    }

    @Override
    public void applied(ProcessorContext<?, ?> context) {
        var partition = owned.get(context.taskId().partition());
        if (partition == null || partition.isCaughtUp()) return;
        context.recordMetadata().ifPresent(read -> partition.applied(read.topic(), read.offset() + 1));
    }

    /** Whether this process owns the partition, restored and caught up, without a break, and so may answer for it. */
    public boolean mayAnswer(int partition) {
        var mine = owned.get(partition);
        return mine != null && mine.isCaughtUp() && !standstill.isSince(mine.standstills());
    }

    /** Whether this process owns the partition, if perhaps not caught up yet. */
    public boolean owns(int partition) {
        return owned.containsKey(partition);
    }

    private void catchUp(OwnedPartition partition) {
        if (owned.get(partition.number()) != partition) return;
        try {
            if (!partition.hasTarget()) partition.target(ends(partition.number()));
            committed(partition.number()).forEach(partition::applied);
        } catch (ExecutionException e) {
            LOG.warn("Can't see yet how far partition {} of {} has to catch up", partition.number(), service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!partition.isCaughtUp()) {
            looks.schedule(() -> catchUp(partition), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Map<String, Long> ends(int partition) throws ExecutionException, InterruptedException {
        var wanted = inputs.stream()
                .collect(toMap(input -> new TopicPartition(input, partition), input -> OffsetSpec.latest()));
        return admin.listOffsets(wanted).all().get().entrySet().stream()
                .collect(
                        toMap(end -> end.getKey().topic(), end -> end.getValue().offset()));
    }

    private Map<String, Long> committed(int partition) throws ExecutionException, InterruptedException {
        var offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(offset -> offset.getKey().partition() == partition
                        && inputs.contains(offset.getKey().topic()))
                .filter(offset -> offset.getValue() != null)
                .collect(toMap(offset -> offset.getKey().topic(), offset -> offset.getValue()
                        .offset()));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        ticks.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
