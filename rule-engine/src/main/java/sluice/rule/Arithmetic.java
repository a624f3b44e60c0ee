package sluice.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Numbers. What is no number gives NaN, which is false and in no order. */
final class Arithmetic {
    static final List<Operator> OPERATORS = List.of(
            new Operator("+", 0, Operator.MANY, Arithmetic::sum),
            new Operator("*", 1, Operator.MANY, Arithmetic::product),
            new Operator("-", 1, 2, Arithmetic::difference),
            new Operator("/", 2, 2, call -> binary(call, (left, right) -> left / right)),
            new Operator("%", 2, 2, call -> binary(call, (left, right) -> left % right)),
            new Operator("min", 1, Operator.MANY, call -> extreme(call, Math::min)),
            new Operator("max", 1, Operator.MANY, call -> extreme(call, Math::max)));

    private Arithmetic() {}

    private static Expression operand(Call call, int index) throws RefusedConditionException {
        return call.loosePart(index, ValueType.NUMBER, ValueType.TEXT).expression();
    }

    private static List<Expression> operands(Call call) throws RefusedConditionException {
        var operands = new ArrayList<Expression>();
        for (var i = 0; i < call.count(); i++) operands.add(operand(call, i));
        return operands;
    }

    private static Part sum(Call call) throws RefusedConditionException {
        var operands = operands(call);
        return call.computed(ValueType.NUMBER, frame -> {
            var sum = 0.0;
            for (var each : operands) sum += Coercion.leadingNumber(each.of(frame));
            return sum;
        });
    }

    /** One operand alone stays what it is, a text too. */
    private static Part product(Call call) throws RefusedConditionException {
        var operands = operands(call);
        if (operands.size() == 1) return call.computed(ValueType.ANY, operands.get(0));
        return call.computed(ValueType.NUMBER, frame -> {
            var product = 1.0;
            for (var each : operands) product *= Coercion.leadingNumber(each.of(frame));
            return product;
        });
    }

    private static Part difference(Call call) throws RefusedConditionException {
        if (call.count() == 2) return binary(call, (left, right) -> left - right);
        var operand = operand(call, 0);
        return call.computed(ValueType.NUMBER, frame -> -Coercion.number(operand.of(frame)));
    }

    private static Part binary(Call call, DoubleBinaryOperator operator) throws RefusedConditionException {
        var left = operand(call, 0);
        var right = operand(call, 1);
        return call.computed(
                ValueType.NUMBER,
                frame -> operator.applyAsDouble(Coercion.number(left.of(frame)), Coercion.number(right.of(frame))));
    }

    private static Part extreme(Call call, DoubleBinaryOperator operator) throws RefusedConditionException {
        var operands = operands(call);
        var first = operands.get(0);
        var others = operands.subList(1, operands.size());
        return call.computed(ValueType.NUMBER, frame -> {
            var extreme = Coercion.number(first.of(frame));
            for (var each : others) extreme = operator.applyAsDouble(extreme, Coercion.number(each.of(frame)));
            return extreme;
        });
    }
}
