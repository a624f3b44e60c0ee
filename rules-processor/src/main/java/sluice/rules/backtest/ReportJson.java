package sluice.rules.backtest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import sluice.rules.backtest.domain.Deviation;
import sluice.rules.backtest.domain.Difference;
import sluice.rules.backtest.domain.Judgement;
import sluice.rules.backtest.domain.Report;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Explanation;

/** A back-test's report for programs (docs/backtest.md). */
public record ReportJson(Report report, Plan plan) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** ISO 8601 in UTC with milliseconds, as everywhere in the API. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** The report as JSON text. */
    public String text() {
        var json = NODES.objectNode().put("tenantId", plan.tenantId());
        plan.period().from().ifPresent(from -> json.put("from", time(from)));
        plan.period().to().ifPresent(to -> json.put("to", time(to)));
        report.firstAt().ifPresent(first -> json.put("firstEventAt", time(first)));
        report.lastAt().ifPresent(last -> json.put("lastEventAt", time(last)));
        json.put("events", report.events())
                .put("unreadable", report.unreadable())
                .put("erased", report.erased())
                .put("decisions", report.decisions())
                .put("differing", report.differing())
                .put("users", report.users())
                .put("affectedUsers", report.affected());
        json.set("affectedUserIds", texts(report.affectedUserIds()));
        json.set("actions", objects(report.actions(), this::action));
        json.set("record", record());
        return json.toString();
    }

    private ObjectNode record() {
        var json = NODES.objectNode()
                .put("compared", report.record().compared())
                .put("deviating", report.record().deviating())
                .put("missing", report.record().missing());
        json.set("samples", objects(report.record().samples(), this::deviation));
        return json;
    }

    private ObjectNode deviation(Deviation deviation) {
        var json = event(deviation.cause(), deviation.action());
        json.set("recorded", judgement(deviation.recorded()));
        json.set("replayed", judgement(deviation.replayed()));
        return json.put("reason", deviation.reason().name());
    }

    private static ObjectNode event(Cause cause, ActionKey action) {
        return NODES.objectNode()
                .put("userId", cause.userId())
                .put("idempotencyKey", action.idempotencyKey())
                .put("eventId", cause.eventId())
                .put("at", time(cause.at()));
    }

    private ObjectNode action(Report.OfAction action) {
        var json = NODES.objectNode()
                .put("actionCode", action.actionCode())
                .put("isReplaced", action.isReplaced())
                .put("decisions", action.decisions())
                .put("differing", action.differing())
                .put("affectedUsers", action.affected());
        json.set("changes", objects(action.turns(), this::turned));
        return json;
    }

    private ObjectNode turned(Report.Turned turned) {
        var json = NODES.objectNode()
                .put("from", turned.turn().from().name())
                .put("to", turned.turn().to().name())
                .put("count", turned.count());
        json.set("samples", objects(turned.samples(), this::sample));
        return json;
    }

    private ObjectNode sample(Difference sample) {
        var json = event(sample.cause(), sample.action());
        json.set("before", judgement(sample.before()));
        json.set("after", judgement(sample.after()));
        return json;
    }

    private ObjectNode judgement(Judgement judgement) {
        var json = NODES.objectNode().put("outcome", judgement.outcome().name());
        json.set("ruleIds", texts(judgement.ruleIds()));
        json.set(
                "allowedVerificationMethods",
                texts(judgement.allowedMethods().stream().map(Enum::name).toList()));
        judgement.defaultMethod().ifPresent(method -> json.put("defaultVerificationMethod", method.name()));
        if (plan.showsValues()) {
            judgement
                    .explanation()
                    .ifPresent(explanation ->
                            json.set("rules", objects(explanation.rules(), rule -> rule(rule, explanation))));
        }
        return json;
    }

    private static ObjectNode rule(Explanation.Judged rule, Explanation explanation) {
        var json = NODES.objectNode().put("ruleId", rule.ruleId()).put("isMatch", rule.isMatch());
        if (rule.isTooCostly()) json.put("isTooCostly", true);
        var values = json.putObject("values");
        for (var read : rule.reads().slots()) {
            var value = explanation.values().get(read);
            values.set(value.name(), MAPPER.valueToTree(value.value().orElse(null)));
        }
        return json;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static ArrayNode texts(List<String> texts) {
        var json = NODES.arrayNode();
        texts.forEach(json::add);
        return json;
    }

    private static <T> ArrayNode objects(Collection<T> items, Function<T, ObjectNode> object) {
        var json = NODES.arrayNode();
        items.forEach(item -> json.add(object.apply(item)));
        return json;
    }
}
