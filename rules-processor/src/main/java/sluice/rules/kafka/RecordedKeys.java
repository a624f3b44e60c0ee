package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogReader;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.schemas.PersonalKey;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/**
 * The keys that the rules processor has kept for users of one partition, as its changelog has them, and behind them those
 * of the epochs that live: what production's events can be read with later.
 */
public final class RecordedKeys implements PersonalKeys {
    private static final byte[] NONE = {};

    private final Map<String, List<Kept>> users = new HashMap<>();
    private final Sealing sealing;

    /** A key, or the note that none is kept. There are as many as days on which users came: in few bytes. */
    private static final class Kept {
        private final int id;
        private final long from; // in milliseconds, as is the end
        private final long to;
        private final byte[] key;

        private Kept(int id, PersonalKey read, byte[] key) {
            this.id = id;
            this.from = read.getFrom().toEpochMilli();
            this.to = read.getTo().toEpochMilli();
            this.key = key;
        }

        private boolean isThere() {
            return key.length > 0;
        }

        private Epoch epoch() {
            return new Epoch(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
        }
    }

    private RecordedKeys(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * A sealing that opens what users of a partition told.
     *
     * @param isWanted whether a user's keys matter, by tenantId/userId; what it throws ends the reading
     * @param sealing opens the keys, and knows those of the epochs that live
     */
    public static Sealing sealing(
            KafkaProperties kafka, Topics topics, int partition, Predicate<String> isWanted, Sealing sealing) {
        var keys = new RecordedKeys(sealing);
        var changelog = new TopicPartition(changelog(topics), partition);
        if (isThere(kafka, changelog.topic())) {
            var values = new AvroSerde<>(PersonalKey.class, topics.schemaIds());
            try (var log = new LogReader(kafka, List.of(changelog), Optional.empty(), Optional.empty())) {
                log.forEach(record -> keys.take(record, isWanted, values), (more, share) -> {});
            }
        }
        return sealing.with(keys);
    }

    /** Where the kept keys are: Streams names it. */
    public static String changelog(Topics topics) {
        return topics.prefix() + "rules-processor-" + RulesTopology.PERSONAL_KEY + "-changelog";
    }

    private static boolean isThere(KafkaProperties kafka, String topic) {
        try (var consumer =
                new KafkaConsumer<>(kafka.reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return !consumer.partitionsFor(topic).isEmpty(); // not so where an older release wrote the log
        }
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record, Predicate<String> isWanted, AvroSerde<PersonalKey> values) {
        var name = new String(record.key(), UTF_8);
        var end = name.indexOf('\0');
        var user = name.substring(0, end);
        if (!isWanted.test(user)) return;
        var id = Integer.parseUnsignedInt(name.substring(end + 1));
        var kept = users.computeIfAbsent(user, any -> new ArrayList<>(1));
        kept.removeIf(each -> each.id == id);
        if (record.value() != null) kept.add(kept(name, id, values.fromBytes(record.value())));
    }

    private Kept kept(String name, int id, PersonalKey read) {
        var key = read.getSealedKey() == null ? NONE : KeptKeys.opened(sealing, name, read.getSealedKey());
        return new Kept(id, read, key);
    }

    private List<Kept> of(String tenantId, String userId) {
        return users.getOrDefault(UserKey.of(tenantId, userId), List.of());
    }

    @Override
    public Optional<Epoch> at(String tenantId, String userId, Instant at) {
        var millis = at.toEpochMilli();
        for (var each : of(tenantId, userId)) {
            if (each.isThere() && millis >= each.from && millis < each.to) return Optional.of(each.epoch());
        }
        return sealing.personalKeys().at(tenantId, userId, at);
    }

    @Override
    public Optional<byte[]> key(String tenantId, String userId, int epoch) {
        for (var each : of(tenantId, userId)) {
            if (each.id == epoch && each.isThere()) return Optional.of(each.key.clone());
        }
        return sealing.personalKeys().key(tenantId, userId, epoch);
    }
}
