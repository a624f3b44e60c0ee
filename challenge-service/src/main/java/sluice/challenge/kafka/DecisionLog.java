package sluice.challenge.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import sluice.runtime.kafka.KafkaProperties;
import sluice.schemas.Decision;
import sluice.schemas.topic.Topic;

/** Reads single decisions again, from where they lie. For who looks into one action, not for the way of a call. Thread-safe. */
public final class DecisionLog implements ActionsQuery.Decisions, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_MAX = 4;

    /** A decision is a few kilobytes; nobody wants those after it. */
    private static final int FETCH_BYTES = 16 * 1024;

    private final Topic<Decision> topic;
    private final KafkaConsumer<String, byte[]> consumer;

    public DecisionLog(Topic<Decision> topic, KafkaProperties kafka) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(singly(kafka.reader()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Properties singly(Properties reader) {
        reader.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        reader.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return reader;
    }

    @Override
    public synchronized Optional<Decision> at(int partition, long offset) {
        var place = new TopicPartition(topic.name(), partition);
        try {
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            return read(place).filter(read -> read.offset() == offset).map(read -> topic.value()
                    .fromBytes(read.value()));
        } catch (KafkaException e) {
            throw new IllegalStateException("The decision can't be read again now", e);
        }
    }

    /** The record at the position; a later one where retention has removed it. */
    private Optional<ConsumerRecord<String, byte[]>> read(TopicPartition place) {
        for (var polls = 0; polls < POLLS_MAX; polls++) {
            var read = consumer.poll(POLL).records(place);
            if (!read.isEmpty()) return Optional.of(read.get(0));
        }
        throw new IllegalStateException("The log of decisions does not answer");
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
