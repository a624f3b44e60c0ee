package sluice.track.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.query.QueryClient;
import sluice.schemas.Action;
import sluice.schemas.ActionQuery;
import sluice.schemas.Actions;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.track.token.Token;

/** Asks the challenge service's owner of a user for the user's actions. */
final class ActionQueries {
    private static final String SERVICE = "challenge-service";
    private static final String QUERY = "actions";

    private final QueryClient client;
    private final AvroSerde<ActionQuery> question;
    private final AvroSerde<Actions> answer;

    ActionQueries(QueryClient client, Topics topics) {
        this.client = client;
        this.question = new AvroSerde<>(ActionQuery.class, topics.schemaIds());
        this.answer = new AvroSerde<>(Actions.class, topics.schemaIds());
    }

    /** One action; empty if there is none. */
    CompletableFuture<Optional<Action>> action(Token ofAction) {
        return action(ofAction.tenantId(), ofAction.userId(), ofAction.actionCode(), ofAction.idempotencyKey());
    }

    /** One action; empty if there is none. */
    CompletableFuture<Optional<Action>> action(
            String tenantId, String userId, String actionCode, String idempotencyKey) {
        return first(one(tenantId, userId, actionCode, idempotencyKey).build());
    }

    /** The same with what explains its decision, which takes another look at the log. */
    CompletableFuture<Optional<Action>> explained(
            String tenantId, String userId, String actionCode, String idempotencyKey) {
        return first(one(tenantId, userId, actionCode, idempotencyKey)
                .setIsExplained(true)
                .build());
    }

    private static ActionQuery.Builder one(String tenantId, String userId, String actionCode, String idempotencyKey) {
        return ActionQuery.newBuilder()
                .setTenantId(tenantId)
                .setUserId(userId)
                .setActionCode(actionCode)
                .setIdempotencyKey(idempotencyKey);
    }

    private CompletableFuture<Optional<Action>> first(ActionQuery query) {
        return actions(query).thenApply(found -> found.stream().findFirst());
    }

    /** A user's actions, newest first. */
    CompletableFuture<List<Action>> actions(ActionQuery query) {
        return client.ask(SERVICE, QUERY, UserKey.of(query.getTenantId(), query.getUserId()), question.toBytes(query))
                .thenApply(bytes -> answer.fromBytes(bytes).getActions());
    }
}
