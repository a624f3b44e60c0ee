package sluice.deploy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.rules.backtest.Plan;
import sluice.rules.backtest.domain.Difference;
import sluice.rules.backtest.domain.Judgement;
import sluice.rules.backtest.domain.Report;
import sluice.rules.backtest.domain.Turn;
import sluice.rules.domain.Explanation;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.json.Json;

/**
 * A back-test's report for people (docs/backtest.md).
 *
 * @param configuration has the names of the rules that there are
 */
record BacktestText(Report report, Plan plan, ConfigurationView configuration) {
    private static final int USERS_SHOWN = 10;
    private static final String ROW = "%-28s %12s %12s %8s %10s  %s%n";

    /** The report, in lines. */
    String text() {
        var text = new StringBuilder();
        summary(text);
        table(text);
        users(text);
        record(text);
        report.actions().forEach(action -> samples(text, action));
        return text.toString();
    }

    private void summary(StringBuilder text) {
        var period = plan.period();
        text.append("Back-test of tenant %s, %s to %s%n"
                .formatted(
                        plan.tenantId(),
                        period.from().map(Json::time).orElse("the beginning of the log"),
                        period.to().map(Json::time).orElse("its end")));
        if (report.unreadable() > 0) {
            text.append("%s records are no sound events of the tenant's and were left out%n"
                    .formatted(count(report.unreadable())));
        }
        if (report.erased() > 0) {
            text.append(
                    "%s events are of users who were deleted and were left out%n".formatted(count(report.erased())));
        }
        text.append("%s of %s decisions would differ (%s), for %s of %s users%n%n"
                .formatted(
                        count(report.differing()),
                        count(report.decisions()),
                        percent(report.differing(), report.decisions()),
                        count(report.affected()),
                        count(report.users())));
    }

    private void table(StringBuilder text) {
        text.append(ROW.formatted("action", "decisions", "differ", "", "users", "change"));
        for (var action : report.actions()) {
            text.append(ROW.formatted(
                    action.actionCode() + (action.isReplaced() ? "" : " (own rules)"),
                    count(action.decisions()),
                    count(action.differing()),
                    percent(action.differing(), action.decisions()),
                    count(action.affected()),
                    action.turns().stream()
                            .map(turned -> turn(turned.turn()) + ": " + count(turned.count()))
                            .collect(Collectors.joining(", "))));
        }
    }

    private void users(StringBuilder text) {
        if (report.affected() == 0) return;
        var shown = report.affectedUserIds().stream().limit(USERS_SHOWN).toList();
        var left = report.affected() - shown.size();
        text.append("%nAffected users: %s%s%n"
                .formatted(shown(String.join(", ", shown)), left > 0 ? " and " + count(left) + " more" : ""));
    }

    private void record(StringBuilder text) {
        var record = report.record();
        text.append("%nThe rules of the time, replayed, agree with %s of %s recorded decisions%s%n"
                .formatted(
                        count(record.compared() - record.deviating()),
                        count(record.compared()),
                        record.missing() > 0 ? "; " + count(record.missing()) + " are not on the log" : ""));
        for (var deviation : record.samples()) {
            text.append("  %s user %s, idempotency key %s (%s)%n"
                    .formatted(
                            Json.time(deviation.cause().at()),
                            shown(deviation.cause().userId()),
                            shown(deviation.action().idempotencyKey()),
                            deviation.reason()));
            var rules = configuration.rules(plan.tenantId(), deviation.action().actionCode());
            judgement(text, "recorded", deviation.recorded(), rules);
            judgement(text, "replayed", deviation.replayed(), rules);
        }
    }

    private void samples(StringBuilder text, Report.OfAction action) {
        for (var turned : action.turns()) {
            if (turned.samples().isEmpty()) continue;
            text.append("%n%s, %s, samples:%n".formatted(action.actionCode(), turn(turned.turn())));
            turned.samples().forEach(sample -> sample(text, sample));
        }
    }

    private void sample(StringBuilder text, Difference sample) {
        text.append("  %s user %s, idempotency key %s%n"
                .formatted(
                        Json.time(sample.cause().at()),
                        shown(sample.cause().userId()),
                        shown(sample.action().idempotencyKey())));
        var actionCode = sample.action().actionCode();
        var recorded = configuration.rules(plan.tenantId(), actionCode);
        judgement(text, "was     ", sample.before(), recorded);
        judgement(text, "would be", sample.after(), plan.candidate().getOrDefault(actionCode, recorded));
    }

    private void judgement(StringBuilder text, String which, Judgement judgement, Map<String, Setting.Rule> rules) {
        var matched =
                judgement.ruleIds().stream().map(ruleId -> named(ruleId, rules)).collect(Collectors.joining(", "));
        var methods = judgement.allowedMethods().isEmpty() ? "" : " by " + methods(judgement);
        text.append("    %s %s%s: %s%n"
                .formatted(
                        which,
                        judgement.outcome(),
                        methods,
                        matched.isEmpty() ? "no rule matched" : "rule " + matched));
        if (!plan.showsValues()) return;
        judgement.explanation().ifPresent(explanation -> explanation
                .rules()
                .forEach(rule -> text.append("      rule %s %s: %s%n"
                        .formatted(
                                named(rule.ruleId(), rules),
                                rule.isTooCostly() ? "was given up" : rule.isMatch() ? "matched" : "did not match",
                                values(rule, explanation)))));
    }

    private static String methods(Judgement judgement) {
        var all = judgement.allowedMethods().stream().map(Enum::name).collect(Collectors.joining(", "));
        return judgement
                .defaultMethod()
                .map(first -> all + " (first " + first + ")")
                .orElse(all);
    }

    private static String named(String ruleId, Map<String, Setting.Rule> rules) {
        var rule = rules.get(ruleId);
        return shown(rule == null ? ruleId : ruleId + " (" + rule.name() + ")");
    }

    private static String values(Explanation.Judged rule, Explanation explanation) {
        if (rule.reads().slots().isEmpty()) return "nothing read";
        return rule.reads().slots().stream()
                .map(explanation.values()::get)
                .map(value -> value.name() + " = "
                        + Json.text(Json.MAPPER.valueToTree(value.value().orElse(null))))
                .collect(Collectors.joining(", "));
    }

    /** What others have chosen, without what a terminal would obey. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String turn(Turn turn) {
        return turn.from() + " -> " + turn.to() + (turn.from() == turn.to() ? " by other methods" : "");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
