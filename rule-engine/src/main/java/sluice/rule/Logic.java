package sluice.rule;

import java.util.List;

/** if, and, or, not. Only what decides is evaluated. */
final class Logic {
    static final List<Operator> OPERATORS = List.of(
            new Operator("if", 0, Operator.MANY, Logic::choice),
            new Operator("?:", 0, Operator.MANY, Logic::choice),
            new Operator("and", 1, Operator.MANY, call -> chain(call, false)),
            new Operator("or", 1, Operator.MANY, call -> chain(call, true)),
            new Operator("!", 1, 1, call -> truth(call, true)),
            new Operator("!!", 1, 1, call -> truth(call, false)));

    private Logic() {}

    /** Pairs of a condition and what it gives, then what is given where none holds: null if nothing is left. */
    private static Part choice(Call call) throws RefusedConditionException {
        var parts = call.parts();
        var expressions = parts.stream().map(Part::expression).toList();
        return call.computed(ValueType.ANY, frame -> {
            var i = 0;
            for (; i < expressions.size() - 1; i += 2) {
                if (Coercion.truthy(expressions.get(i).of(frame)))
                    return expressions.get(i + 1).of(frame);
            }
            return i < expressions.size() ? expressions.get(i).of(frame) : null;
        });
    }

    /** The first value that is as true as asked for, else the last one. */
    private static Part chain(Call call, boolean end) throws RefusedConditionException {
        var parts = call.parts();
        var type =
                parts.stream().allMatch(part -> part.type() == ValueType.BOOLEAN) ? ValueType.BOOLEAN : ValueType.ANY;
        var before = parts.subList(0, parts.size() - 1).stream()
                .map(Part::expression)
                .toArray(Expression[]::new);
        var last = parts.get(parts.size() - 1).expression();
        return call.computed(type, frame -> {
            for (var each : before) {
                var value = each.of(frame);
                if (Coercion.truthy(value) == end) return value;
            }
            return last.of(frame);
        });
    }

    private static Part truth(Call call, boolean isNegated) throws RefusedConditionException {
        var operand = call.part(0).expression();
        return call.computed(ValueType.BOOLEAN, frame -> Coercion.truthy(operand.of(frame)) != isNegated);
    }
}
