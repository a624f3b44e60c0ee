package sluice.rule;

import java.util.Map;
import java.util.Optional;

/**
 * What rules may name.
 *
 * @param variables by name
 * @param lists value lists by alias
 */
public record Vocabulary(Map<String, ? extends Variable> variables, Map<String, ValueList> lists) {
    public Vocabulary {
        variables = Map.copyOf(variables);
        lists = Map.copyOf(lists);
    }

    Optional<Variable> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<ValueList> list(String alias) {
        return Optional.ofNullable(lists.get(alias));
    }
}
