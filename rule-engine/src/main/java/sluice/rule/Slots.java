package sluice.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the variables that conditions read, in the order of their first use. */
final class Slots {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Variable> variables = new ArrayList<>();

    int of(Variable variable) {
        return numbers.computeIfAbsent(variable.label(), name -> {
            variables.add(variable);
            return variables.size() - 1;
        });
    }

    List<Variable> variables() {
        return List.copyOf(variables);
    }
}
