package sluice.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What looks at each item of a list. Inside, {@code var} reads the item. Bounded by the frame's budget. */
final class Loops {
    static final List<Operator> OPERATORS = List.of(
            new Operator("filter", 2, 2, Loops::filter),
            new Operator("map", 2, 2, Loops::map),
            new Operator("reduce", 2, 3, Loops::reduce),
            new Operator("all", 2, 2, call -> test(call, true)),
            new Operator("some", 2, 2, call -> test(call, false)),
            new Operator("none", 2, 2, Loops::none));

    private Loops() {}

    private static Expression list(Call call) throws RefusedConditionException {
        return call.loosePart(0, ValueType.LIST).expression();
    }

    /** The value of the body for an item. */
    private static @Nullable Object on(@Nullable Object item, Expression body, Frame frame) {
        var outer = frame.element();
        frame.enter(item);
        var value = body.of(frame);
        frame.enter(outer);
        return value;
    }

    private static Part filter(Call call) throws RefusedConditionException {
        var list = list(call);
        var body = call.body(1).expression();
        return call.computed(ValueType.LIST, frame -> {
            var kept = new ArrayList<@Nullable Object>();
            if (!(list.of(frame) instanceof List<?> items)) return kept;
            for (var item : items) {
                if (!frame.spend(1)) break;
                if (Coercion.truthy(on(item, body, frame))) kept.add(item);
            }
            return kept;
        });
    }

    private static Part map(Call call) throws RefusedConditionException {
        var list = list(call);
        var body = call.body(1).expression();
        return call.computed(ValueType.LIST, frame -> {
            var made = new ArrayList<@Nullable Object>();
            if (!(list.of(frame) instanceof List<?> items)) return made;
            for (var item : items) {
                if (!frame.spend(1)) break;
                made.add(on(item, body, frame));
            }
            return made;
        });
    }

    private static Part reduce(Call call) throws RefusedConditionException {
        var list = list(call);
        var body = call.body(1).expression();
        Expression first = call.count() == 3 ? call.part(2).expression() : frame -> null;
        return call.computed(ValueType.ANY, frame -> {
            var items = list.of(frame);
            var accumulator = first.of(frame);
            if (!(items instanceof List<?> each)) return accumulator;
            for (var item : each) {
                if (!frame.spend(1)) break;
                var step = new HashMap<String, @Nullable Object>();
                step.put("current", item);
                step.put("accumulator", accumulator);
                accumulator = on(step, body, frame);
            }
            return accumulator;
        });
    }

    /** Whether the body holds for all items, or for some. Of no items neither is said. */
    private static Part test(Call call, boolean isAll) throws RefusedConditionException {
        var list = list(call);
        var body = call.body(1).expression();
        return call.computed(ValueType.BOOLEAN, frame -> {
            if (!(list.of(frame) instanceof List<?> items) || items.isEmpty()) return false;
            for (var item : items) {
                if (!frame.spend(1)) break;
                if (Coercion.truthy(on(item, body, frame)) != isAll) return !isAll;
            }
            return isAll;
        });
    }

    private static Part none(Call call) throws RefusedConditionException {
        var some = test(call, false).expression();
        return call.computed(ValueType.BOOLEAN, frame -> !Coercion.truthy(some.of(frame)));
    }
}
