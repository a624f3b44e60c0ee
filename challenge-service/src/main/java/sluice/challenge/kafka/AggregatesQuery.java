package sluice.challenge.kafka;

import java.util.ArrayList;
import java.util.function.IntFunction;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.runtime.query.QueryServer;
import sluice.schemas.AggregateQuery;
import sluice.schemas.AggregateWindow;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.OutcomeAggregates;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** What one partition has counted. Question: an AggregateQuery; answer: OutcomeAggregates. Thread-safe. */
public final class AggregatesQuery implements QueryServer.Query {
    static final int LIMIT_MAX = 20_000;

    private final IntFunction<ReadOnlyKeyValueStore<String, OutcomeAggregate>> aggregates;
    private final AvroSerde<AggregateQuery> question;
    private final AvroSerde<OutcomeAggregates> answer;

    /** @param aggregates the store of a partition */
    public AggregatesQuery(IntFunction<ReadOnlyKeyValueStore<String, OutcomeAggregate>> aggregates, SchemaIds ids) {
        this.aggregates = aggregates;
        this.question = new AvroSerde<>(AggregateQuery.class, ids);
        this.answer = new AvroSerde<>(OutcomeAggregates.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] bytes) {
        var query = question.fromBytes(bytes);
        var found = new ArrayList<OutcomeAggregate>();
        if (!UserKey.isTenantId(query.getTenantId()) || query.getWindow() == AggregateWindow.UNKNOWN) {
            return answer.toBytes(new OutcomeAggregates(found, true));
        }
        var window = query.getWindow().name();
        var from = AggregateKey.ofTime(query.getTenantId(), window, query.getFrom());
        var to = AggregateKey.ofTime(query.getTenantId(), window, query.getTo());
        try (var all = aggregates.apply(partition).range(from, to)) {
            while (all.hasNext() && found.size() < LIMIT_MAX) {
                var each = all.next().value;
                var actionCode = query.getActionCode();
                if (actionCode == null || actionCode.equals(each.getActionCode())) found.add(each);
            }
            return answer.toBytes(new OutcomeAggregates(found, !all.hasNext()));
        }
    }
}
