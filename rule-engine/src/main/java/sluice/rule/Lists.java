package sluice.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists that are not looped over. */
final class Lists {
    static final List<Operator> OPERATORS =
            List.of(new Operator("in", 2, 2, Lists::in), new Operator("merge", 0, Operator.MANY, Lists::merge));

    private Lists() {}

    static List<@Nullable Object> valuesOf(List<Expression> expressions, Frame frame) {
        var values = new ArrayList<@Nullable Object>(expressions.size());
        for (var each : expressions) values.add(each.of(frame));
        return values;
    }

    /** Whether a list has an item strictly equal, or a text a part. */
    private static Part in(Call call) throws RefusedConditionException {
        var sought = call.loosePart(0, ValueType.BOOLEAN, ValueType.NUMBER, ValueType.TEXT);
        var whole = call.loosePart(1, ValueType.TEXT, ValueType.LIST);
        var isLiteral = whole.isConstant() && whole.type() == ValueType.LIST;
        if (sought.variable().isPresent() && isLiteral) requireItems(sought, whole);
        var one = sought.expression();
        var other = whole.expression();
        return call.computed(ValueType.BOOLEAN, frame -> {
            var value = one.of(frame);
            var haystack = other.of(frame);
            if (haystack instanceof String text) return !text.isEmpty() && text.contains(Coercion.text(value));
            return haystack instanceof List<?> list && frame.spend(list.size() / 8) && hasItem(list, value);
        });
    }

    private static boolean hasItem(List<?> list, @Nullable Object value) {
        for (var each : list) if (Coercion.strictlyEqual(each, value)) return true;
        return false;
    }

    /** An item of another type would never be found. */
    private static void requireItems(Part sought, Part whole) throws RefusedConditionException {
        if (!(whole.value(null) instanceof List<?> items)) return;
        for (var i = 0; i < items.size(); i++) {
            var item = Part.constant(whole.place().below(i), items.get(i));
            if (item.isA(sought.type()) || sought.isA(item.type())) continue;
            throw new RefusedConditionException(
                    item.place(),
                    sought.words() + "; it is never " + item.type().words() + ".");
        }
    }

    /** The items of lists, and what is no list, in one list. */
    private static Part merge(Call call) throws RefusedConditionException {
        var operands = call.parts().stream().map(Part::expression).toList();
        return call.computed(ValueType.LIST, frame -> {
            var merged = new ArrayList<@Nullable Object>();
            for (var each : operands) {
                var value = each.of(frame);
                if (!(value instanceof List<?> list)) merged.add(value);
                else if (frame.spend(list.size())) merged.addAll(list);
            }
            return merged;
        });
    }
}
