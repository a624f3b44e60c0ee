package sluice.deploy.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogReader;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** Reads what the outcome topics have of one user, from that user's partition alone. */
public final class RecordedOutcomes {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedOutcomes.class);

    private RecordedOutcomes() {}

    /** The outcomes until a moment, this moment included; of each topic in its order. */
    public static List<OutcomeRecord> of(
            String userKey, Instant until, Topics topics, KafkaProperties kafka, LogReader.Progress progress) {
        var byName = Stream.<Topic<?>>of(
                        topics.decisions, topics.verifications, topics.userChanges, topics.challengeTransitions)
                .collect(Collectors.toMap(Topic::name, Function.<Topic<?>>identity()));
        var partition = UserKey.partition(userKey, topics.partitions());
        var partitions = byName.keySet().stream()
                .map(name -> new TopicPartition(name, partition))
                .toList();
        var found = new ArrayList<OutcomeRecord>();
        try (var log = new LogReader(kafka, partitions, Optional.empty(), Optional.of(until.plusMillis(1)))) {
            log.forEach(
                    read -> {
                        if (isOf(userKey, read)) opened(byName, read).ifPresent(found::add);
                    },
                    progress);
        }
        found.removeIf(outcome -> outcome.at().isAfter(until));
        return found;
    }

    private static boolean isOf(String userKey, ConsumerRecord<byte[], byte[]> read) {
        return read.key() != null && read.value() != null && userKey.equals(new String(read.key(), UTF_8));
    }

    private static Optional<OutcomeRecord> opened(Map<String, Topic<?>> topics, ConsumerRecord<byte[], byte[]> read) {
        var topic = topics.get(read.topic());
        if (topic == null) return Optional.empty();
        try {
            return Optional.of(OutcomeRecord.of(topic.value().fromBytes(read.value())));
        } catch (RuntimeException e) {
            LOG.warn("Record {} of {} can't be read", read.offset(), read.topic(), e);
            return Optional.empty();
        }
    }
}
