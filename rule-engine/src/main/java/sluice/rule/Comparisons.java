package sluice.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Equality and order. */
final class Comparisons {
    static final List<Operator> OPERATORS = List.of(
            new Operator("==", 2, 2, call -> equality(call, Coercion::looselyEqual)),
            new Operator("===", 2, 2, call -> equality(call, Coercion::strictlyEqual)),
            new Operator("!=", 2, 2, call -> equality(call, (left, right) -> !Coercion.looselyEqual(left, right))),
            new Operator("!==", 2, 2, call -> equality(call, (left, right) -> !Coercion.strictlyEqual(left, right))),
            new Operator("<", 2, 3, call -> order(call, Coercion::less)),
            new Operator("<=", 2, 3, call -> order(call, Coercion::lessOrEqual)),
            new Operator(">", 2, 2, call -> order(call, (one, other) -> Coercion.less(other, one))),
            new Operator(">=", 2, 2, call -> order(call, (one, other) -> Coercion.lessOrEqual(other, one))));

    private Comparisons() {}

    private interface Comparison {
        boolean holds(@Nullable Object left, @Nullable Object right);
    }

    private static Part equality(Call call, Comparison comparison) throws RefusedConditionException {
        var left = call.loosePart(0, ValueType.BOOLEAN, ValueType.NUMBER, ValueType.TEXT);
        var right = call.loosePart(1, ValueType.BOOLEAN, ValueType.NUMBER, ValueType.TEXT);
        requireSameType(left, right);
        var one = left.expression();
        var other = right.expression();
        return call.computed(ValueType.BOOLEAN, frame -> comparison.holds(one.of(frame), other.of(frame)));
    }

    private static Part order(Call call, Comparison comparison) throws RefusedConditionException {
        var first = call.loosePart(0, ValueType.NUMBER, ValueType.TEXT);
        var second = call.loosePart(1, ValueType.NUMBER, ValueType.TEXT);
        requireSameType(first, second);
        var low = first.expression();
        var middle = second.expression();
        if (call.count() == 2) {
            return call.computed(ValueType.BOOLEAN, frame -> comparison.holds(low.of(frame), middle.of(frame)));
        }
        var third = call.loosePart(2, ValueType.NUMBER, ValueType.TEXT);
        requireSameType(second, third);
        var high = third.expression();
        return call.computed(ValueType.BOOLEAN, frame -> {
            var between = middle.of(frame);
            var upper = high.of(frame);
            return comparison.holds(low.of(frame), between) && comparison.holds(between, upper);
        });
    }

    /** A data point compared with what it can't be is a slip: JavaScript would turn one into the other, or neither. */
    private static void requireSameType(Part left, Part right) throws RefusedConditionException {
        if (left.variable().isEmpty() && right.variable().isEmpty()) return;
        if (left.isA(right.type()) || right.isA(left.type())) return;
        var isLeft = left.variable().isPresent();
        var compared = isLeft ? right : left;
        throw new RefusedConditionException(
                compared.place(),
                (isLeft ? left : right).words() + "; it can't be compared with "
                        + compared.type().words() + ".");
    }
}
