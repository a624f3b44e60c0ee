package sluice.rules;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import sluice.rules.kafka.RulesTopology;
import sluice.rules.kafka.UserQuery;
import sluice.runtime.Node;
import sluice.runtime.kafka.StreamsService;

/** The rules processor of one process. */
public final class RulesService implements AutoCloseable {
    /** Name of the service: its group, its state's folder, where queries go. */
    public static final String NAME = "rules-processor";

    private final StreamsService streams;

    private RulesService(StreamsService streams) {
        this.streams = streams;
    }

    /**
     * Starts; the service is ready when the node's health says so.
     *
     * @throws IOException if the data directory can't be written
     */
    public static RulesService start(Node node) throws IOException {
        var topics = node.topics();
        var inputs = List.of(topics.trackEvents.name(), topics.verifyEvents.name(), topics.userCommands.name());
        var streams = new StreamsService(node, NAME, inputs, (properties, ownership) -> new RulesTopology(
                        topics, properties, node.sealing(), node.configuration(), ownership, node.meters())
                .get());
        var query = new UserQuery(
                partition -> streams.store(RulesTopology.USER, partition), node.sealing(), topics.schemaIds());
        node.queries().serve(NAME, streams.ownership(), Map.of("user", query));
        streams.start();
        return new RulesService(streams);
    }

    @Override
    public void close() throws IOException {
        streams.close();
    }
}
