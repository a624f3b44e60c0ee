package sluice.track.signal;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.PatientPoll;
import sluice.schemas.SignalCounts;
import sluice.schemas.topic.Topic;

/** Reads the topic of signals from its beginning and goes on reading, apart from all calls. Thread-safe. */
public final class SignalFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignalFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Events decided without signals are better than none decided. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KnownSignals known;
    private final List<TopicPartition> partitions;
    private final Consumer<String, byte[]> consumer;
    private final long startedAt = System.nanoTime();
    private volatile boolean caughtUp;
    private volatile boolean closed;

    /** Starts following. */
    public SignalFollower(Topic<SignalCounts> topic, KafkaProperties kafka, KnownSignals known) {
        this.known = known;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        this.consumer =
                new KafkaConsumer<>(kafka.unhurriedFollower(), new StringDeserializer(), new ByteArrayDeserializer());
        var thread = new Thread(this::follow, "signal-follower");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (!closed) {
                PatientPoll.poll(consumer, POLL).forEach(read -> known.learn(read.key(), read.value()));
                if (!caughtUp
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    caughtUp = true;
                    known.complete(true);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (RuntimeException e) {
            LOG.error("Signals across users can't be followed any more and are unknown until the next start", e);
        } finally {
            known.complete(false);
        }
    }

    /** Whether all that was there at the start has been read, or takes too long to wait for. */
    public boolean isReady() {
        return caughtUp || System.nanoTime() - startedAt > PATIENCE.toNanos();
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
