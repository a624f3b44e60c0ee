package sluice.runtime.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what partitions hold at the call, from an end of time to another: in no group, committed records alone, and
 * nothing is left behind. Each partition comes in its own order.
 */
public final class LogReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;

    /** Told how far it has got. */
    public interface Progress {
        /**
         * Some records were read.
         *
         * @param more how many
         * @param share how much of all is read, 0 to 1
         */
        void read(long more, double share);
    }

    /**
     * Prepares. The bounds are those of the records' own times, with a minute of slack on both sides: who wants records
     * of exact event times looks at each.
     *
     * @param from empty: the log's beginning
     * @param to excluded; empty: the log's end
     */
    public LogReader(
            KafkaProperties kafka,
            Collection<TopicPartition> partitions,
            Optional<Instant> from,
            Optional<Instant> to) {
        this.consumer = new KafkaConsumer<>(kafka.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = List.copyOf(partitions);
        this.beginnings = LogBounds.beginnings(consumer, partitions, from);
        this.ends = LogBounds.ends(consumer, partitions, to);
    }

    /** Offset at which a partition is read from. */
    public long beginning(TopicPartition partition) {
        return beginnings.getOrDefault(partition, 0L);
    }

    /** Offset behind the last record that is read of a partition. */
    public long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /**
     * Reads it all.
     *
     * @param each takes the records
     * @param progress told while it reads; what it throws ends the reading
     */
    public void forEach(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each, Progress progress) {
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, beginning(partition)));
        while (left() > 0) {
            pauseWhatIsRead();
            var records = consumer.poll(POLL);
            for (var record : records) {
                if (record.offset() < end(new TopicPartition(record.topic(), record.partition()))) each.accept(record);
            }
            progress.read(records.count(), share());
        }
    }

    private void pauseWhatIsRead() {
        consumer.pause(
                partitions.stream().filter(partition -> left(partition) == 0).toList());
    }

    private long left() {
        return partitions.stream().mapToLong(this::left).sum();
    }

    private long left(TopicPartition partition) {
        return Math.max(0, end(partition) - consumer.position(partition));
    }

    private double share() {
        var all = partitions.stream()
                .mapToLong(partition -> Math.max(0, end(partition) - beginning(partition)))
                .sum();
        return all == 0 ? 1 : 1 - (double) left() / all;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
