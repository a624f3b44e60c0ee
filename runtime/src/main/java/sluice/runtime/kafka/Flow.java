package sluice.runtime.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.ValueMapperWithKey;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import sluice.schemas.topic.Topic;

/** What the topologies are drawn with. Every node has a name of its own, so that metrics and upgrades stay stable. */
public final class Flow {
    /** What was deleted, or replaced, is on no broker's disk some time later (ADR 21). */
    private static final Map<String, String> FORGETTING = Map.of(
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            String.valueOf(Duration.ofDays(1).toMillis()));

    private Flow() {}

    /** Reads a topic and opens each of its records, in a node of the given name. */
    public static <V extends SpecificRecord, I> KStream<String, I> read(
            StreamsBuilder builder, Topic<V> topic, ValueMapperWithKey<String, V, I> open, String name) {
        return builder.stream(
                        topic.name(), Consumed.with(topic.key(), topic.value()).withName("read-" + topic.name()))
                .mapValues(open, Named.as(name));
    }

    /** How a topic is written to. */
    public static <V extends SpecificRecord> Produced<String, V> written(Topic<V> topic) {
        return Produced.with(topic.key(), topic.value()).withName("write-" + topic.name());
    }

    /** A store on disk with a changelog and no cache: what was put is there for a query at once. */
    public static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), value)
                .withCachingDisabled()
                .withLoggingEnabled(FORGETTING);
    }

    /**
     * The same, but what is put often between two commits goes to disk and changelog once. For a topology that has memory
     * for it: {@link KafkaProperties#unhurried}.
     */
    public static <V> StoreBuilder<KeyValueStore<String, V>> cachedStore(String name, Serde<V> value) {
        return store(name, value).withCachingEnabled();
    }
}
