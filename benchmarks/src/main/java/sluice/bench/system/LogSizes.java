package sluice.bench.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at topics: how many records, how large the newest of them are. */
final class LogSizes implements AutoCloseable {
    private static final long LOOKED_AT = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogSizes(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    /** Records ever written to it. */
    long records(String topic) {
        return consumer.endOffsets(partitions(topic)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Bytes of a value on average, of the newest of each partition. */
    int averageBytes(String topic) {
        var ends = consumer.endOffsets(partitions(topic));
        consumer.assign(ends.keySet());
        ends.forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - LOOKED_AT)));
        var sizes = new ArrayList<Integer>();
        var wanted = ends.values().stream()
                .mapToLong(end -> Math.min(end, LOOKED_AT))
                .sum();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sizes.size() < wanted && System.nanoTime() < deadline) {
            for (var read : consumer.poll(Duration.ofMillis(100))) {
                sizes.add(read.value() == null ? 0 : read.value().length);
            }
        }
        return (int) sizes.stream().mapToInt(Integer::intValue).average().orElse(0);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
