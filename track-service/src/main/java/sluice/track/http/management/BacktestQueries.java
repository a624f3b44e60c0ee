package sluice.track.http.management;

import java.util.concurrent.CompletableFuture;
import sluice.runtime.query.QueryClient;
import sluice.schemas.BacktestPlan;
import sluice.schemas.BacktestQuery;
import sluice.schemas.BacktestView;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/**
 * Asks the rules processor for back-tests. All of a tenant's are asked of one process: whoever owns the partition that
 * the tenant's id alone would be in.
 */
public final class BacktestQueries {
    private static final String SERVICE = "rules-processor";
    private static final String QUERY = "backtest";

    private final QueryClient client;
    private final AvroSerde<BacktestQuery> question;
    private final AvroSerde<BacktestView> answer;

    public BacktestQueries(QueryClient client, Topics topics) {
        this.client = client;
        this.question = new AvroSerde<>(BacktestQuery.class, topics.schemaIds());
        this.answer = new AvroSerde<>(BacktestView.class, topics.schemaIds());
    }

    /** Starts one. Asked again, as the client does where an answer is late, it is the same one. */
    CompletableFuture<BacktestView> start(String tenantId, String backtestId, BacktestPlan plan) {
        return ask(new BacktestQuery(tenantId, backtestId, plan, false));
    }

    /** How far it is. */
    CompletableFuture<BacktestView> look(String tenantId, String backtestId) {
        return ask(new BacktestQuery(tenantId, backtestId, null, false));
    }

    /** Stops and forgets it. */
    CompletableFuture<BacktestView> end(String tenantId, String backtestId) {
        return ask(new BacktestQuery(tenantId, backtestId, null, true));
    }

    private CompletableFuture<BacktestView> ask(BacktestQuery query) {
        return client.ask(SERVICE, QUERY, UserKey.of(query.getTenantId(), ""), question.toBytes(query))
                .thenApply(answer::fromBytes);
    }
}
