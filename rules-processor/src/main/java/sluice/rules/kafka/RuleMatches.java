package sluice.rules.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import sluice.rules.domain.Decision;

/** Counts the matches of each rule since the process has started, each decision once. */
final class RuleMatches {
    private static final String NAME = "sluice.rule.matches";

    private final MeterRegistry meters;

    RuleMatches(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Decision decision) {
        decision.ruleIds().forEach(ruleId -> count(decision, ruleId, false));
        decision.shadowRuleIds().forEach(ruleId -> count(decision, ruleId, true));
    }

    private void count(Decision decision, String ruleId, boolean isShadow) {
        meters.counter(
                        NAME,
                        "tenant_id",
                        decision.cause().tenantId(),
                        "action_code",
                        decision.action().actionCode(),
                        "rule_id",
                        ruleId,
                        "shadow",
                        String.valueOf(isShadow))
                .increment();
    }
}
