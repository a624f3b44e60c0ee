package sluice.runtime.configuration;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.registry.LogNumbering;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.topic.Topic;

/** Reads the configuration topic once, for who changes nothing and needs nothing newer. */
public final class ConfigurationReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private ConfigurationReader() {}

    /** What was read; nothing comes after it. */
    private record Whole(ConfigurationHistory history) implements ConfigurationSource {
        @Override
        public ConfigurationView newest() {
            return history.newest();
        }

        @Override
        public ConfigurationView at(long version) {
            return history.at(version);
        }
    }

    /**
     * All that is on the topic at the call.
     *
     * @throws IllegalStateException if somebody else numbered the schemas of what is there
     */
    public static ConfigurationSource read(LogNumbering numbering, KafkaProperties kafka) {
        var topic = numbering.topics().configuration;
        var history = new ConfigurationHistory();
        var partition = new TopicPartition(topic.name(), 0);
        try (var consumer =
                new KafkaConsumer<>(kafka.reader(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (history.version() < end) {
                consumer.poll(POLL).forEach(read -> {
                    numbering.check(read.headers());
                    apply(history, topic, read);
                });
            }
        }
        return new Whole(history);
    }

    /** As the follower does: what is no change counts for nothing, and is counted. */
    private static void apply(
            ConfigurationHistory history, Topic<ConfigurationChange> topic, ConsumerRecord<String, byte[]> read) {
        try {
            history.apply(ConfigurationMapper.toDomain(topic.value().fromBytes(read.value())));
        } catch (RuntimeException e) {
            LOG.warn("Record {} of {} is no configuration change", read.offset(), topic.name(), e);
            history.skip();
        }
    }
}
