package sluice.rules.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.rule.Frame;
import sluice.runtime.configuration.domain.RuleSet;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;

/** What is to become of an action: the first rule whose condition holds says it, else the action's default. */
final class Rules {
    private Rules() {}

    /**
     * What the rules say.
     *
     * @param decidedBy the rule that decided; empty where the action's default did
     * @param ruleIds rules that matched, the one that decided first
     * @param shadowRuleIds rules in shadow that matched
     * @param shadowOutcome the outcome if no rule were in shadow; empty where none in shadow matched
     * @param explanation empty where there was no rule to evaluate
     */
    record Ruling(
            ActionOutcome outcome,
            Optional<Setting.Rule> decidedBy,
            List<String> ruleIds,
            List<String> shadowRuleIds,
            Optional<ActionOutcome> shadowOutcome,
            Optional<Explanation> explanation) {

        /** The action's first state (design section 3). */
        ActionState state() {
            return switch (outcome) {
                case ALLOW -> ActionState.ALLOW;
                case BLOCK -> ActionState.BLOCK;
                case REVIEW -> ActionState.REVIEW_REQUIRED;
                case CHALLENGE, UNKNOWN -> ActionState.CHALLENGE_REQUIRED;
            };
        }
    }

    /** Evaluates every rule, also those after the one that decides: analysts want to know what else matched. */
    static Ruling ruling(Setting.Action action, RuleSet rules, Facts facts) {
        var frame = new Frame(
                rules.variables().size(), slot -> facts.value(rules.variables().get(slot)));
        var judged = new ArrayList<Explanation.Judged>();
        var matched = new ArrayList<RuleSet.Compiled>();
        for (var each : rules.rules()) {
            var found = each.condition().evaluate(frame);
            judged.add(new Explanation.Judged(each.ruleId(), found.isMatch(), found.isTooCostly(), found.reads()));
            if (found.isMatch()) matched.add(each);
        }
        var live = matched.stream().filter(each -> !each.rule().isShadow()).toList();
        var shadows = matched.stream().filter(each -> each.rule().isShadow()).toList();
        return new Ruling(
                first(live).map(Setting.Rule::type).orElse(action.outcome()),
                first(live),
                live.stream().map(RuleSet.Compiled::ruleId).toList(),
                shadows.stream().map(RuleSet.Compiled::ruleId).toList(),
                shadows.isEmpty() ? Optional.empty() : first(matched).map(Setting.Rule::type),
                judged.isEmpty() ? Optional.empty() : Optional.of(Explanation.of(rules.variables(), frame, judged)));
    }

    private static Optional<Setting.Rule> first(List<RuleSet.Compiled> matched) {
        return matched.stream().findFirst().map(RuleSet.Compiled::rule);
    }
}
