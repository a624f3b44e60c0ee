package sluice.rule;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The language: every operator there is, each documented in docs/rules.md. */
final class Operators {
    static final Map<String, Operator> ALL = all();

    private Operators() {}

    private static Map<String, Operator> all() {
        var all = new TreeMap<String, Operator>();
        Stream.of(
                        Access.OPERATORS,
                        Logic.OPERATORS,
                        Comparisons.OPERATORS,
                        Arithmetic.OPERATORS,
                        Texts.OPERATORS,
                        Lists.OPERATORS,
                        Loops.OPERATORS,
                        Lookups.OPERATORS,
                        Times.OPERATORS)
                .flatMap(operators -> operators.stream())
                .forEach(operator -> all.put(operator.name(), operator));
        return Map.copyOf(all);
    }
}
