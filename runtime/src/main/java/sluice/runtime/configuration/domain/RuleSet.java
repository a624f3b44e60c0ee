package sluice.runtime.configuration.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.rule.Condition;
import sluice.rule.ConditionCompiler;
import sluice.rule.RefusedConditionException;
import sluice.rule.Variable;
import sluice.rule.Vocabulary;

/**
 * The active rules of an action code, compiled.
 *
 * @param rules in the order in which they are applied
 * @param variables what their conditions read, by slot
 */
public record RuleSet(List<Compiled> rules, List<Variable> variables) {
    /** By priority, 0 first; among equals their ids settle it, so that every process has the same order. */
    private static final Comparator<Compiled> ORDER =
            Comparator.<Compiled>comparingInt(each -> each.rule().priority()).thenComparing(Compiled::ruleId);

    /** No rule. */
    public static final RuleSet EMPTY = new RuleSet(List.of(), List.of());

    public RuleSet {
        rules = rules.stream().sorted(ORDER).toList();
        variables = List.copyOf(variables);
    }

    /** A rule with its condition. */
    public record Compiled(String ruleId, Setting.Rule rule, Condition condition) {}

    /**
     * Why a rule does not compile.
     *
     * @param rule its action code and its id, a slash between
     */
    public record Fault(String rule, RefusedConditionException refusal) {}

    /**
     * Compiles the active ones of some rules. One that what it reads was taken away from is left out: it does not match.
     *
     * @param rules by id
     */
    static RuleSet of(Map<String, Setting.Rule> rules, Vocabulary vocabulary) {
        var compiler = new ConditionCompiler(vocabulary);
        var compiled = new ArrayList<Compiled>();
        active(rules).forEach((ruleId, rule) -> {
            try {
                compiled.add(new Compiled(ruleId, rule, compiler.compile(rule.conditions())));
            } catch (RefusedConditionException e) {
                // refused when it was saved, but for two changes at one moment (docs/rules.md)
            }
        });
        return new RuleSet(compiled, compiler.variables());
    }

    /** The first active rule that compiles with one vocabulary and not with another. */
    static Optional<Fault> fault(Map<String, Setting.Rule> rules, Vocabulary before, Vocabulary after) {
        return active(rules).entrySet().stream()
                .flatMap(each -> refusal(each.getValue(), after)
                        .filter(refusal -> refusal(each.getValue(), before).isEmpty())
                        .map(refusal -> new Fault(each.getKey(), refusal))
                        .stream())
                .findFirst();
    }

    private static Optional<RefusedConditionException> refusal(Setting.Rule rule, Vocabulary vocabulary) {
        try {
            new ConditionCompiler(vocabulary).compile(rule.conditions());
            return Optional.empty();
        } catch (RefusedConditionException e) {
            return Optional.of(e);
        }
    }

    private static Map<String, Setting.Rule> active(Map<String, Setting.Rule> rules) {
        var active = new TreeMap<>(rules);
        active.values().removeIf(rule -> !rule.isActive());
        return active;
    }
}
