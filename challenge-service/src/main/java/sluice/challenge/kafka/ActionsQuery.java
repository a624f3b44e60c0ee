package sluice.challenge.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntFunction;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.ActionKey;
import sluice.runtime.query.QueryServer;
import sluice.schemas.Action;
import sluice.schemas.ActionQuery;
import sluice.schemas.Actions;
import sluice.schemas.Decision;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * A user's actions. Question: an ActionQuery; answer: Actions, newest first, without history, and with an explanation only
 * where it was asked for. Thread-safe.
 */
public final class ActionsQuery implements QueryServer.Query {
    static final int LIMIT_MAX = 1000;

    /** The key settles the order of actions of one time, so that the same question has the same answer. */
    private static final Comparator<Action> OLDEST_FIRST = Comparator.comparing(ActionsQuery::createdAt)
            .thenComparing(Action::getActionCode)
            .thenComparing(Action::getIdempotencyKey);

    private final IntFunction<ReadOnlyKeyValueStore<String, Action>> actions;
    private final Decisions decisions;
    private final AvroSerde<ActionQuery> question;
    private final AvroSerde<Actions> answer;

    /** The topic of decisions, one record of it at a time. */
    public interface Decisions {
        /**
         * The decision at a place.
         *
         * @return empty where it has left the log
         * @throws IllegalStateException if the log can't be read now
         */
        Optional<Decision> at(int partition, long offset);
    }

    /** @param actions the store of a partition */
    public ActionsQuery(
            IntFunction<ReadOnlyKeyValueStore<String, Action>> actions, Decisions decisions, SchemaIds ids) {
        this.actions = actions;
        this.decisions = decisions;
        this.question = new AvroSerde<>(ActionQuery.class, ids);
        this.answer = new AvroSerde<>(Actions.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] bytes) {
        var query = question.fromBytes(bytes);
        var found = isSound(query) ? found(actions.apply(partition), query) : List.<Action>of();
        return answer.toBytes(new Actions(
                found.stream().map(each -> told(each, query, partition)).toList()));
    }

    /** Names that nothing can have find nothing; with NUL in them they could reach what is another user's. */
    private static boolean isSound(ActionQuery query) {
        var actionCode = query.getActionCode();
        var idempotencyKey = query.getIdempotencyKey();
        return UserKey.isTenantId(query.getTenantId())
                && UserKey.isText(query.getUserId())
                && (actionCode == null || UserKey.isActionCode(actionCode))
                && (idempotencyKey == null || UserKey.isText(idempotencyKey));
    }

    private static List<Action> found(ReadOnlyKeyValueStore<String, Action> store, ActionQuery query) {
        return isOne(query) ? one(store, query) : many(store, query);
    }

    private static boolean isOne(ActionQuery query) {
        return query.getActionCode() != null && query.getIdempotencyKey() != null;
    }

    private static List<Action> one(ReadOnlyKeyValueStore<String, Action> store, ActionQuery query) {
        var key =
                new ActionKey(query.getTenantId(), query.getUserId(), query.getActionCode(), query.getIdempotencyKey());
        var found = store.get(StoreKey.of(key));
        return found != null && isAskedFor(found, query) ? List.of(found) : List.of();
    }

    private Action told(Action found, ActionQuery query, int partition) {
        var told = ActionMapper.withoutHistory(found);
        return query.getIsExplained() && isOne(query)
                ? explained(told, partition, found.getDecisionOffset())
                : ActionMapper.withoutExplanation(told);
    }

    private Action explained(Action action, int partition, long offset) {
        if (offset < 0) return action; // kept since before decisions were looked up
        decisions
                .at(partition, offset)
                .filter(each -> each.getEventId().equals(action.getDecision().getEventId()))
                .ifPresent(each -> action.getDecision().setSealedExplanation(each.getSealedExplanation()));
        return action;
    }

    /** Holds no more than it will answer with, however many actions the user has. */
    private static List<Action> many(ReadOnlyKeyValueStore<String, Action> store, ActionQuery query) {
        var limit = Math.max(1, Math.min(query.getLimit(), LIMIT_MAX));
        var newest = new PriorityQueue<>(OLDEST_FIRST);
        var prefix = StoreKey.ofUser(UserKey.of(query.getTenantId(), query.getUserId()));
        try (var found = store.prefixScan(prefix, new StringSerializer())) {
            while (found.hasNext()) {
                var action = found.next().value;
                if (!isAskedFor(action, query)) continue;
                newest.add(action);
                if (newest.size() > limit) newest.remove();
            }
        }
        var all = new ArrayList<>(newest);
        all.sort(Collections.reverseOrder(OLDEST_FIRST));
        return all;
    }

    /** An action that was not decided yet is not there yet. */
    private static boolean isAskedFor(Action action, ActionQuery query) {
        return action.getDecision() != null
                && isAny(query.getActionCode(), action.getActionCode())
                && (query.getCodes().isEmpty() || query.getCodes().contains(action.getActionCode()))
                && isAny(query.getState(), action.getState())
                && (query.getFromDate() == null || !createdAt(action).isBefore(query.getFromDate()));
    }

    private static <T> boolean isAny(@Nullable T wanted, T found) {
        return wanted == null || wanted.equals(found);
    }

    private static Instant createdAt(Action action) {
        return action.getDecision().getDecidedAt();
    }
}
