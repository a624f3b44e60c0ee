package sluice.bench.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A bare read of changelogs, from their beginnings to their ends, by one consumer that does nothing with them. */
final class ChangelogRead {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int RECORDS_A_POLL = 2000;

    private ChangelogRead() {}

    /** Records a second, and how many there were. */
    record Read(long records, double seconds) {
        double perSecond() {
            return records / seconds;
        }
    }

    static Read of(String bootstrapServers, List<String> topics) {
        var properties = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            for (var topic : topics) {
                consumer.partitionsFor(topic)
                        .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var begun = System.nanoTime();
            var records = 0L;
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                records += consumer.poll(POLL).count();
            }
            return new Read(records, (System.nanoTime() - begun) / 1e9);
        }
    }
}
