package sluice.challenge.kafka;

import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import sluice.runtime.kafka.Flow;
import sluice.runtime.query.Ownership;
import sluice.schemas.Action;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Reply;
import sluice.schemas.UserCommand;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** decisions, verifications, user-changes, by user -> [action, expiry] -> challenge-transitions, replies, user-commands. */
public final class ChallengeTopology implements Supplier<Topology> {
    /** The store of actions, and what its changelog's name holds. */
    public static final String ACTION = "action";

    /** The index of actions by the time when a challenge lapses, or when they go. */
    static final String EXPIRY = "expiry";

    private final Topics topics;
    private final Properties streams;
    private final Ownership ownership;

    /**
     * Prepares.
     *
     * @param streams the Streams settings that the topology will run with
     * @param ownership told which partitions are here and how far they have got
     */
    public ChallengeTopology(Topics topics, Properties streams, Ownership ownership) {
        this.topics = topics;
        this.streams = streams;
        this.ownership = ownership;
    }

    @Override
    public Topology get() {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(streams)));
        builder.addStateStore(Flow.store(ACTION, new AvroSerde<>(Action.class, topics.schemaIds())));
        builder.addStateStore(Flow.store(EXPIRY, Serdes.String()));

        var decided = Flow.read(builder, topics.decisions, Opening::decision, "open-decision");
        var verified = Flow.read(builder, topics.verifications, Opening::verification, "open-verification");
        var changed = Flow.read(builder, topics.userChanges, Opening::userChange, "open-user-change");
        var askers = new Askers(topics.replies.partitions());
        var outcomes = decided.merge(verified, Named.as("merge-verifications"))
                .merge(changed, Named.as("merge-user-changes"))
                .process(
                        () -> new ActionProcessor(askers, ownership, topics.retention()),
                        Named.as("advance"),
                        ACTION,
                        EXPIRY);

        only(ChallengeTransition.class, outcomes, "transition")
                .to(topics.challengeTransitions.name(), Flow.written(topics.challengeTransitions));
        only(UserCommand.class, outcomes, "expire").to(topics.userCommands.name(), Flow.written(topics.userCommands));
        only(Reply.class, outcomes, "reply")
                .to(
                        topics.replies.name(),
                        Flow.written(topics.replies).withStreamPartitioner(ChallengeTopology::partitionOf));
        return builder.build();
    }

    private static <V extends SpecificRecord> KStream<String, V> only(
            Class<V> type, KStream<String, SpecificRecord> outcomes, String name) {
        return outcomes.filter((key, outcome) -> type.isInstance(outcome), Named.as("pick-" + name))
                .mapValues(type::cast, Named.as(name));
    }

    /** A reply goes to the partition that its key names. */
    static Optional<Set<Integer>> partitionOf(String topic, String key, Reply reply, int partitions) {
        return Optional.of(Set.of(Integer.valueOf(key)));
    }
}
