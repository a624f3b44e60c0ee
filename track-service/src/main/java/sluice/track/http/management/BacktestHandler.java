package sluice.track.http.management;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.rule.Vocabulary;
import sluice.runtime.configuration.RuleMapper;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.BacktestPlan;
import sluice.schemas.BacktestState;
import sluice.schemas.BacktestView;
import sluice.schemas.RuleConfiguration;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;
import sluice.track.http.json.JsonBody;

/** {@code /v1/management/backtests}: what other rules would have decided (docs/backtest.md). Sluice's own. */
final class BacktestHandler {
    private static final int SAMPLES_DEFAULT = 3;
    private static final int SAMPLES_MAX = 20;
    private static final int TIME_LENGTH_MAX = 40;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Desk desk;
    private final BacktestQueries backtests;

    BacktestHandler(Desk desk, BacktestQueries backtests) {
        this.desk = desk;
        this.backtests = backtests;
    }

    /**
     * How far it is.
     *
     * @param progress how much of the log is read, 0 to 1
     * @param records that were read
     * @param report once it is there
     */
    private record Answer(
            String backtestId,
            String state,
            double progress,
            long records,
            @JsonRawValue @Nullable String report) {
        static Answer of(BacktestView view) {
            return new Answer(
                    view.getBacktestId(), view.getState().name(), view.getShare(), view.getRecords(), view.getReport());
        }
    }

    /** Starts one. */
    void create(Context context) {
        var tenantId = tenant(context);
        var plan = plan(JsonBody.of(context), tenantId);
        context.future(() -> backtests
                .start(tenantId, UUID.randomUUID().toString(), plan)
                .thenAccept(view -> context.json(Answer.of(taken(view)))));
    }

    /** How far it is; 404 if it is not there. */
    void get(Context context) {
        var tenantId = tenant(context);
        context.future(() -> backtests
                .look(tenantId, context.pathParam("backtestId"))
                .thenAccept(view -> context.json(Answer.of(found(view)))));
    }

    /** Stops and forgets it; 404 if it is not there. */
    void delete(Context context) {
        var tenantId = tenant(context);
        context.future(
                () -> backtests.end(tenantId, context.pathParam("backtestId")).thenAccept(view -> {
                    found(view);
                    context.json(Map.of());
                }));
    }

    private String tenant(Context context) {
        return desk.callers().management(context);
    }

    private BacktestPlan plan(JsonBody body, String tenantId) {
        var configuration = desk.configuration().newest();
        var now = desk.clock().instant();
        var from = time(body, "from");
        var to = time(body, "to").filter(now::isAfter).orElse(now);
        if (from.isPresent() && !from.get().isBefore(to)) {
            throw JsonBody.refused("from", "a time before to, and before now");
        }
        return new BacktestPlan(
                candidate(body, configuration.vocabulary(tenantId)),
                configuration.version(),
                from.orElse(null),
                to,
                samples(body),
                body.truth("showValues").orElse(false));
    }

    private static Map<String, Map<String, RuleConfiguration>> candidate(JsonBody body, Vocabulary vocabulary) {
        if (!(body.value("rules").orElse(null) instanceof ObjectNode rules)) {
            throw JsonBody.refused("rules", "an object of action codes and their rules");
        }
        try {
            return CandidateRules.read(rules, vocabulary).entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, entry -> toAvro(entry.getValue())));
        } catch (RefusedException e) {
            throw Refusal.INVALID_REQUEST.because("rules/" + e.getMessage());
        }
    }

    private static Map<String, RuleConfiguration> toAvro(Map<String, Setting.Rule> rules) {
        return rules.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> RuleMapper.toAvro(entry.getValue())));
    }

    private static Optional<Instant> time(JsonBody body, String field) {
        return body.text(field, TIME_LENGTH_MAX).map(text -> {
            try {
                return CandidateRules.time(text);
            } catch (DateTimeException e) {
                throw JsonBody.refused(
                        field, "a day (UTC) or a time with its offset, such as 2026-01-31 or 2026-01-31T13:45:00Z");
            }
        });
    }

    private static int samples(JsonBody body) {
        return body.value("samples")
                .map(value -> {
                    var isSound = value.isIntegralNumber()
                            && value.canConvertToInt()
                            && value.intValue() >= 0
                            && value.intValue() <= SAMPLES_MAX;
                    if (!isSound) throw JsonBody.refused("samples", "a whole number, 0 to " + SAMPLES_MAX);
                    return value.intValue();
                })
                .orElse(SAMPLES_DEFAULT);
    }

    private static BacktestView taken(BacktestView view) {
        return switch (view.getState()) {
            case BUSY ->
                throw Refusal.TOO_MANY_REQUESTS.because(
                        "The back-test " + view.getBacktestId() + " is going on: wait for its end, or delete it.",
                        SOON);
            case FULL -> throw Refusal.SERVICE_UNAVAILABLE.because("Too many back-tests are waiting; try again.", SOON);
            default -> view;
        };
    }

    private static BacktestView found(BacktestView view) {
        if (view.getState() == BacktestState.ABSENT) throw Refusal.NOT_FOUND.because("There is no such back-test.");
        return view;
    }
}
