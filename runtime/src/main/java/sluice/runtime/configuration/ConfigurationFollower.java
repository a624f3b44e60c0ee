package sluice.runtime.configuration;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.PatientPoll;
import sluice.runtime.registry.LogNumbering;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.topic.Topic;

/**
 * Reads the configuration topic from its beginning and goes on reading, so that a change applies here some
 * milliseconds after it was acknowledged; and appends changes. Thread-safe.
 */
public final class ConfigurationFollower implements ConfigurationSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long DOUBT_MILLIS = 1000;

    private final Topic<ConfigurationChange> topic;
    private final TopicPartition partition;
    private final Consumer<String, byte[]> consumer;
    private final Consumer<String, byte[]> endReader;
    private final Producer<String, ConfigurationChange> producer;
    private final ConfigurationHistory history = new ConfigurationHistory();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final LogNumbering numbering;
    private final Thread thread;
    private volatile @Nullable RuntimeException fault;
    private volatile @Nullable IllegalStateException foreign;
    private volatile boolean closed;

    private record Waiter(long version, CompletableFuture<ConfigurationView> reached) {}

    /**
     * Starts following; returns when everything that was there at the start has been read.
     *
     * @throws IllegalStateException if the broker does not tell how much is there, or somebody else numbered the schemas of
     *     what is there
     */
    public static ConfigurationFollower start(
            Topic<ConfigurationChange> topic, KafkaProperties kafka, LogNumbering numbering)
            throws InterruptedException {
        var follower = new ConfigurationFollower(topic, kafka, numbering);
        follower.thread.start();
        follower.caughtUp.await();
        var fault = follower.fault;
        if (fault != null) throw new IllegalStateException("Can't read the configuration", fault);
        if (follower.foreign != null) {
            follower.close();
            throw follower.foreign;
        }
        return follower;
    }

    private ConfigurationFollower(Topic<ConfigurationChange> topic, KafkaProperties kafka, LogNumbering numbering) {
        this.topic = topic;
        this.numbering = numbering;
        this.partition = new TopicPartition(topic.name(), 0);
        this.consumer = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.endReader = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                kafka.producer(), new StringSerializer(), topic.value().serializer());
        this.thread = new Thread(this::follow, "configuration-follower");
        thread.setDaemon(true);
    }

    private void follow() {
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = endOf(consumer);
            while (!closed) {
                if (history.version() >= end) caughtUp.countDown();
                PatientPoll.poll(consumer, POLL).forEach(this::apply);
                wakeWaiters();
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (RuntimeException e) {
            LOG.error("The configuration can't be followed any more", e);
            fault = e;
        } finally {
            caughtUp.countDown();
            consumer.close();
        }
    }

    private long endOf(Consumer<String, byte[]> reader) {
        var end = reader.endOffsets(List.of(partition)).get(partition);
        return end == null ? 0 : end;
    }

    private void apply(ConsumerRecord<String, byte[]> read) {
        if (!isOfThisNumbering(read)) return;
        try {
            var change = ConfigurationMapper.toDomain(topic.value().fromBytes(read.value()));
            if (history.apply(change)) prepare(change.piece());
            else LOG.info("Change {} came too late: its piece had changed", change.changeId());
        } catch (RuntimeException e) {
            LOG.error(
                    "Record {} of {} is no configuration change, it counts for nothing",
                    read.offset(),
                    topic.name(),
                    e);
            history.skip();
        }
    }

    /** At the start, what is not ends this process; later on it is the other process that is at fault. */
    private boolean isOfThisNumbering(ConsumerRecord<String, byte[]> read) {
        try {
            if (foreign == null) numbering.check(read.headers());
        } catch (IllegalStateException e) {
            if (caughtUp.getCount() == 0) LOG.error("Record {} of {}: {}", read.offset(), topic.name(), e.getMessage());
            else foreign = e;
        }
        if (foreign != null) history.skip();
        return foreign == null;
    }

    /**
     * At the start only the last state of all changes matters, and who needs it compiles it. A fault here is not the
     * record's: were it taken for one, versions would go apart.
     */
    private void prepare(Piece piece) {
        if (caughtUp.getCount() > 0) return;
        try {
            history.prepare(piece);
        } catch (RuntimeException e) {
            LOG.error("The rules that {} concerns can't be compiled ahead", piece, e);
        }
    }

    /** On other threads: who waits may write to a slow client next, or append again, and following must go on. */
    private void wakeWaiters() {
        for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
            var waiter = each.next();
            if (history.version() >= waiter.version()) {
                each.remove();
                waiter.reached().completeAsync(() -> history.at(waiter.version()));
            }
        }
    }

    @Override
    public ConfigurationView newest() {
        return history.newest();
    }

    @Override
    public ConfigurationView at(long version) {
        if (version >= 0 && version <= history.version()) return history.at(version);
        if (version < 0) throw new UnknownVersionException(version, history.version());
        var reached = reached(version);
        while (true) {
            try {
                return reached.get(DOUBT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                refuseIfBeyondTheEnd(version);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for version " + version, e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("No version " + version, e);
            }
        }
    }

    private void refuseIfBeyondTheEnd(long version) {
        synchronized (endReader) {
            var end = endOf(endReader);
            if (version > end) throw new UnknownVersionException(version, end);
        }
    }

    /** The configuration at a version, as soon as this process has read that far. */
    public CompletableFuture<ConfigurationView> reached(long version) {
        var waiter = new Waiter(version, new CompletableFuture<>());
        waiters.add(waiter);
        if (history.version() >= version) waiter.reached().complete(history.at(version));
        return waiter.reached();
    }

    /**
     * Appends a change.
     *
     * @return whether it counted, once it was read back; false: another writer was first, read again and try again.
     *     Completes exceptionally if the log did not take it
     */
    public CompletableFuture<Boolean> append(Change change) {
        var key = change.piece().tenantId() + "/" + change.piece().kind() + "/"
                + change.piece().key();
        var version = new CompletableFuture<Long>();
        var record = new ProducerRecord<>(
                topic.name(), 0, null, key, ConfigurationMapper.toAvro(change), numbering.headers());
        producer.send(record, (sent, fault) -> {
            if (fault == null) version.complete(sent.offset() + 1);
            else version.completeExceptionally(fault);
        });
        return version.thenCompose(this::reached).thenApply(view -> view.changedAt(change.piece()) == view.version());
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        producer.close(Duration.ofSeconds(2));
        synchronized (endReader) {
            endReader.close();
        }
        waiters.forEach(waiter -> waiter.reached().cancel(false));
    }
}
