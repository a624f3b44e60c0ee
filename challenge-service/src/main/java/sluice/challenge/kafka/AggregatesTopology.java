package sluice.challenge.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;
import sluice.runtime.kafka.Flow;
import sluice.runtime.query.Ownership;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** challenge-transitions, by user -> [aggregate, seen] -> aggregates. An application of its own: no call waits behind it. */
public final class AggregatesTopology implements Supplier<Topology> {
    /** The store, and what its changelog's name holds: for ever. */
    public static final String AGGREGATE = "aggregate";

    /** Ids of the latest transitions: likewise. */
    public static final String SEEN = "seen";

    private final Topics topics;
    private final Properties streams;
    private final Ownership ownership;

    /**
     * Prepares.
     *
     * @param streams the Streams settings that the topology will run with
     * @param ownership told which partitions are here and how far they have got
     */
    public AggregatesTopology(Topics topics, Properties streams, Ownership ownership) {
        this.topics = topics;
        this.streams = streams;
        this.ownership = ownership;
    }

    @Override
    public Topology get() {
        var kept = AggregateProcessor.SEEN.multipliedBy(2);
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(streams)));
        builder.addStateStore(Flow.cachedStore(AGGREGATE, new AvroSerde<>(OutcomeAggregate.class, topics.schemaIds())));
        builder.addStateStore(Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(SEEN, kept, Duration.ofMillis(1), false),
                        Serdes.String(),
                        Serdes.Long())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()));
        Flow.read(builder, topics.challengeTransitions, (key, transition) -> transition, "open-transition")
                .process(() -> new AggregateProcessor(ownership), Named.as("count-transitions"), AGGREGATE, SEEN)
                .to(topics.aggregates.name(), Flow.written(topics.aggregates));
        return builder.build();
    }
}
