package sluice.track.http.management;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.query.QueryClient;
import sluice.schemas.AggregateQuery;
import sluice.schemas.OutcomeAggregates;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** Asks every owner what it has counted. */
public final class AggregateQueries {
    private static final String SERVICE = "aggregates";
    private static final String QUERY = "aggregates";

    private final QueryClient client;
    private final AvroSerde<AggregateQuery> question;
    private final AvroSerde<OutcomeAggregates> answer;

    public AggregateQueries(QueryClient client, Topics topics) {
        this.client = client;
        this.question = new AvroSerde<>(AggregateQuery.class, topics.schemaIds());
        this.answer = new AvroSerde<>(OutcomeAggregates.class, topics.schemaIds());
    }

    CompletableFuture<List<OutcomeAggregates>> ask(AggregateQuery query) {
        return client.askAll(SERVICE, QUERY, question.toBytes(query))
                .thenApply(all -> all.stream().map(answer::fromBytes).toList());
    }
}
