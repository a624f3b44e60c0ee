package sluice.challenge;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import sluice.challenge.kafka.ActionsQuery;
import sluice.challenge.kafka.AggregatesQuery;
import sluice.challenge.kafka.AggregatesTopology;
import sluice.challenge.kafka.ChallengeTopology;
import sluice.challenge.kafka.DecisionLog;
import sluice.runtime.Node;
import sluice.runtime.audit.AuditSealer;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.StreamsService;

/** The challenge service of one process. */
public final class ChallengeService implements AutoCloseable {
    /** Name of the service: its group, its state's folder, where queries go. */
    public static final String NAME = "challenge-service";

    /** Name of what counts outcomes, apart from what calls wait for: likewise. */
    public static final String AGGREGATES = "aggregates";

    private final StreamsService streams;
    private final DecisionLog decisions;
    private final StreamsService aggregates;
    private final AuditSealer sealer;

    private ChallengeService(
            StreamsService streams, DecisionLog decisions, StreamsService aggregates, AuditSealer sealer) {
        this.streams = streams;
        this.decisions = decisions;
        this.aggregates = aggregates;
        this.sealer = sealer;
    }

    /**
     * Starts; the service is ready when the node's health says so.
     *
     * @throws IOException if the data directory can't be written
     */
    public static ChallengeService start(Node node) throws IOException {
        var topics = node.topics();
        var inputs = List.of(topics.decisions.name(), topics.verifications.name(), topics.userChanges.name());
        var streams = new StreamsService(
                node, NAME, inputs, (properties, ownership) -> new ChallengeTopology(topics, properties, ownership)
                        .get());
        var decisions = new DecisionLog(topics.decisions, node.kafka());
        var query = new ActionsQuery(
                partition -> streams.store(ChallengeTopology.ACTION, partition), decisions, topics.schemaIds());
        node.queries().serve(NAME, streams.ownership(), Map.of("actions", query));
        var aggregates = aggregates(node);
        streams.start();
        aggregates.start();
        return new ChallengeService(streams, decisions, aggregates, AuditSealer.start(node));
    }

    private static StreamsService aggregates(Node node) throws IOException {
        var topics = node.topics();
        var streams = new StreamsService(
                node,
                AGGREGATES,
                List.of(topics.challengeTransitions.name()),
                (properties, ownership) ->
                        new AggregatesTopology(topics, KafkaProperties.unhurried(properties), ownership).get());
        var query = new AggregatesQuery(
                partition -> streams.store(AggregatesTopology.AGGREGATE, partition), topics.schemaIds());
        node.queries().serve(AGGREGATES, streams.ownership(), Map.of("aggregates", query));
        return streams;
    }

    @Override
    public void close() throws IOException {
        StreamsService.closeAll(aggregates, streams);
        decisions.close();
        sealer.close(); // last: what the streams have written is sealed too
    }
}
