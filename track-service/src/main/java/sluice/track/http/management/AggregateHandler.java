package sluice.track.http.management;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.schemas.AggregateQuery;
import sluice.schemas.AggregateWindow;
import sluice.schemas.OutcomeAggregates;
import sluice.schemas.id.UserKey;
import sluice.track.http.Refusal;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/** {@code /v1/management/aggregates}: what was counted of the tenant's outcomes (docs/aggregates.md). Sluice's own. */
final class AggregateHandler {
    static final int ROWS_MAX = 20_000;

    private static final int TIME_LENGTH_MAX = 40;
    private static final Duration RANGE_DEFAULT = Duration.ofDays(1);

    private final Desk desk;
    private final AggregateQueries aggregates;

    AggregateHandler(Desk desk, AggregateQueries aggregates) {
        this.desk = desk;
        this.aggregates = aggregates;
    }

    private record Answer(
            String window, String from, String to, AggregateRow.Totals totals, List<AggregateRow> aggregates) {}

    /** What there is of a time. */
    void get(Context context) {
        var tenantId = desk.callers().management(context);
        var query = query(context, tenantId);
        context.future(() -> aggregates.ask(query).thenAccept(all -> context.json(answer(query, all))));
    }

    private static Answer answer(AggregateQuery query, List<OutcomeAggregates> all) {
        var rows = AggregateRow.sums(
                all.stream().flatMap(each -> each.getAggregates().stream()).toList());
        if (rows.size() > ROWS_MAX || !all.stream().allMatch(OutcomeAggregates::getIsWhole)) {
            throw Refusal.INVALID_REQUEST.because("There are more than " + ROWS_MAX
                    + " rows: ask for less time, for longer windows or for one action.");
        }
        return new Answer(
                query.getWindow().name(),
                Json.time(query.getFrom()),
                Json.time(query.getTo()),
                AggregateRow.Totals.of(rows),
                rows);
    }

    private AggregateQuery query(Context context, String tenantId) {
        var to = time(context, "to").orElseGet(desk.clock()::instant);
        var from = time(context, "from").orElseGet(() -> to.minus(RANGE_DEFAULT));
        if (!from.isBefore(to)) throw JsonBody.refused("from", "a time before to");
        return new AggregateQuery(tenantId, window(context), from, to, actionCode(context));
    }

    private static AggregateWindow window(Context context) {
        var told = context.queryParam("window");
        if (told == null) return AggregateWindow.HOUR;
        return Arrays.stream(AggregateWindow.values())
                .filter(window ->
                        window != AggregateWindow.UNKNOWN && window.name().equals(told))
                .findFirst()
                .orElseThrow(() -> JsonBody.refused("window", "MINUTE, HOUR or DAY"));
    }

    private static @Nullable String actionCode(Context context) {
        var told = context.queryParam("actionCode");
        if (told != null && !UserKey.isActionCode(told)) throw JsonBody.refused("actionCode", "an action code");
        return told;
    }

    private static Optional<Instant> time(Context context, String name) {
        var told = context.queryParam(name);
        if (told == null) return Optional.empty();
        try {
            if (told.length() <= TIME_LENGTH_MAX) return Optional.of(CandidateRules.time(told));
        } catch (DateTimeParseException e) {
            // told below
        }
        throw JsonBody.refused(
                name, "a day (UTC) or a time with its offset, such as 2026-01-31 or 2026-01-31T13:45:00Z");
    }
}
