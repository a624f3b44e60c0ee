package sluice.track.log;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.PatientPoll;
import sluice.schemas.Reply;
import sluice.schemas.topic.Topic;

/** Reads this instance's partition of the replies, from now on: by assignment, with no group and no rebalance. */
final class ReplyListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyListener.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Topic<Reply> topic;
    private final TopicPartition partition;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<Reply> arrived;
    private volatile boolean listening;
    private volatile boolean closed;

    ReplyListener(Topic<Reply> topic, KafkaProperties kafka, Consumer<Reply> arrived) {
        this.topic = topic;
        this.partition = new TopicPartition(topic.name(), someOf(topic.partitions()));
        this.consumer = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.arrived = arrived;
        var thread = new Thread(this::listen, "reply-listener");
        thread.setDaemon(true);
        thread.start();
    }

    /** Two instances on one partition only read and ignore each other's replies. */
    private static int someOf(int partitions) {
        return ThreadLocalRandom.current().nextInt(partitions);
    }

    int partition() {
        return partition.partition();
    }

    /** Whether a reply that comes now would be seen. */
    boolean isListening() {
        return listening;
    }

    private void listen() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            listening = true;
            while (!closed) PatientPoll.poll(consumer, POLL).forEach(this::hand);
        } catch (WakeupException e) {
            LOG.debug("closed");
        } finally {
            listening = false;
        }
    }

    private void hand(ConsumerRecord<String, byte[]> read) {
        try {
            arrived.accept(topic.value().fromBytes(read.value()));
        } catch (SerializationException e) {
            LOG.error("Record {} of {} is no reply", read.offset(), partition, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
