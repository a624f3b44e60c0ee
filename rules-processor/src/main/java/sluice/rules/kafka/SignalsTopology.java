package sluice.rules.kafka;

import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Named;
import sluice.runtime.kafka.Flow;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.Signal;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** signal-observations, by signal -> [signal] -> signals. An application of its own: no call waits behind it. */
public final class SignalsTopology implements Supplier<Topology> {
    /** The store, and what its changelog's name holds: for ever. */
    public static final String SIGNAL = "signal";

    private final Topics topics;
    private final Properties streams;
    private final SignalKeys keys;

    /**
     * Prepares.
     *
     * @param streams the Streams settings that the topology will run with
     * @param keys what the observations were named by
     */
    public SignalsTopology(Topics topics, Properties streams, SignalKeys keys) {
        this.topics = topics;
        this.streams = streams;
        this.keys = keys;
    }

    @Override
    public Topology get() {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(streams)));
        builder.addStateStore(Flow.store(SIGNAL, new AvroSerde<>(Signal.class, topics.schemaIds())));
        Flow.read(builder, topics.signalObservations, ObservationMapper::toDomain, "open-signal-observation")
                .process(() -> new SignalProcessor(keys.keyCheck()), Named.as("count"), SIGNAL)
                .to(topics.signals.name(), Flow.written(topics.signals));
        return builder.build();
    }
}
