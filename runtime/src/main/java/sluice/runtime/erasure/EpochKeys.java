package sluice.runtime.erasure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.erasure.domain.LiveEpoch;
import sluice.runtime.erasure.domain.LiveEpochs;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.PatientPoll;
import sluice.runtime.seal.PersonalSeal;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.schemas.EpochKey;
import sluice.schemas.topic.Topic;

/** The keys of the epochs that live, read from their topic and followed. Thread-safe. */
public final class EpochKeys implements PersonalKeys, AutoCloseable {
    /** What an epoch's key is sealed for, beside its record's key. */
    static final String SEALED_FOR = "epoch-key";

    private static final Logger LOG = LoggerFactory.getLogger(EpochKeys.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Anybody who may write events can make epochs up. */
    private static final int GONE_MAX = 10_000;

    private final Topic<EpochKey> topic;
    private final TopicPartition partition;
    private final Sealing sealing;
    private final Consumer<String, byte[]> consumer;
    private final Consumer<String, byte[]> endReader;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;
    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();
    private volatile LiveEpochs live = LiveEpochs.NONE;
    private volatile @Nullable RuntimeException fault;
    private volatile boolean closed;
    private long position;

    /**
     * Starts following; returns when everything that was there at the start has been read.
     *
     * @param sealing opens the keys
     * @throws IllegalStateException if the topic can't be read
     */
    public static EpochKeys start(Topic<EpochKey> topic, KafkaProperties kafka, Sealing sealing)
            throws InterruptedException {
        var keys = new EpochKeys(topic, kafka, sealing);
        keys.thread.start();
        keys.caughtUp.await();
        var fault = keys.fault;
        if (fault != null) throw new IllegalStateException("Can't read the keys of epochs", fault);
        return keys;
    }

    private EpochKeys(Topic<EpochKey> topic, KafkaProperties kafka, Sealing sealing) {
        this.topic = topic;
        this.partition = new TopicPartition(topic.name(), 0);
        this.sealing = sealing;
        this.consumer = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.endReader = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::follow, "epoch-keys-follower");
        thread.setDaemon(true);
    }

    private void follow() {
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = endOf(consumer);
            while (!closed) {
                PatientPoll.poll(consumer, POLL).forEach(this::apply);
                var reached = position();
                if (reached < 0) continue;
                reached(reached);
                if (reached >= end) caughtUp.countDown();
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (RuntimeException e) {
            LOG.error("The keys of epochs can't be followed any more", e);
            fault = e;
        } finally {
            caughtUp.countDown();
            consumer.close();
        }
    }

    /** Below 0 where the broker can't tell it now. */
    private long position() {
        try {
            return consumer.position(partition);
        } catch (TimeoutException e) {
            LOG.warn("{} can't be read now, and is tried again", partition, e);
            return -1;
        }
    }

    private long endOf(Consumer<String, byte[]> reader) {
        var end = reader.endOffsets(List.of(partition)).get(partition);
        return end == null ? 0 : end;
    }

    private void apply(ConsumerRecord<String, byte[]> read) {
        try {
            live = read.value() == null
                    ? live.without(read.key())
                    : live.with(opened(read.key(), topic.value().fromBytes(read.value()), sealing));
        } catch (RuntimeException e) {
            LOG.error("Record {} of {} is no key of an epoch, it counts for nothing", read.offset(), topic.name(), e);
        }
    }

    static LiveEpoch opened(String name, EpochKey read, Sealing sealing) {
        var sealed = new byte[read.getSealedKey().remaining()];
        read.getSealedKey().duplicate().get(sealed);
        return new LiveEpoch(name, new Epoch(read.getFrom(), read.getTo()), sealing.open(sealed, SEALED_FOR, name));
    }

    private synchronized void reached(long offset) {
        position = offset;
        notifyAll();
    }

    /** Waits until this process has read so far. */
    void awaitRead(long offset) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (this) {
            while (position < offset) {
                var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || closed || fault != null) {
                    throw new IllegalStateException("The keys of epochs are not read");
                }
                wait(left);
            }
        }
    }

    /** What is there now. */
    public LiveEpochs live() {
        return live;
    }

    @Override
    public Optional<Epoch> at(String tenantId, String userId, Instant at) {
        return live.at(at).map(LiveEpoch::epoch);
    }

    /** A key that is not known may be younger than what this process has read; one that is gone stays gone. */
    @Override
    public Optional<byte[]> key(String tenantId, String userId, int epoch) {
        var known = live.of(epoch);
        if (known.isEmpty() && !gone.contains(epoch)) {
            readAll();
            known = live.of(epoch);
            if (known.isEmpty() && gone.size() < GONE_MAX) gone.add(epoch);
        }
        return known.map(each -> PersonalSeal.derived(each.key(), tenantId, userId));
    }

    private void readAll() {
        try {
            long end;
            synchronized (endReader) {
                end = endOf(endReader);
            }
            awaitRead(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keys of epochs are read", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        synchronized (endReader) {
            endReader.close();
        }
    }
}
