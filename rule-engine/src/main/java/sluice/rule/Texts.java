package sluice.rule;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Texts. Sluice's own operators give false, or null, for what is no text. */
final class Texts {
    /** A text beyond this costs more than it can be worth. */
    static final int LENGTH_MAX = 16_384;

    private static final int CHARACTERS_A_COST = 64;

    static final List<Operator> OPERATORS = List.of(
            new Operator("cat", 0, Operator.MANY, Texts::cat),
            new Operator("substr", 2, 3, Texts::substr),
            new Operator("startsWith", 2, 2, call -> test(call, String::startsWith)),
            new Operator("endsWith", 2, 2, call -> test(call, String::endsWith)),
            new Operator("contains", 2, 2, call -> test(call, String::contains)),
            new Operator("lower", 1, 1, call -> changed(call, text -> text.toLowerCase(Locale.ROOT))),
            new Operator("upper", 1, 1, call -> changed(call, text -> text.toUpperCase(Locale.ROOT))));

    private Texts() {}

    private static Part cat(Call call) throws RefusedConditionException {
        var operands = call.parts().stream().map(Part::expression).toList();
        return call.computed(ValueType.TEXT, frame -> {
            var text = Coercion.joined(Lists.valuesOf(operands, frame), "");
            return text.length() <= LENGTH_MAX && frame.spend(1 + text.length() / CHARACTERS_A_COST)
                    ? text
                    : spent(frame);
        });
    }

    private static String spent(Frame frame) {
        frame.spend(Frame.BUDGET + 1);
        return "";
    }

    private static Part substr(Call call) throws RefusedConditionException {
        var source = call.part(0).expression();
        var start = call.part(1).expression();
        if (call.count() == 2) {
            return call.computed(
                    ValueType.TEXT, frame -> from(Coercion.text(source.of(frame)), Coercion.number(start.of(frame))));
        }
        var length = call.part(2).expression();
        return call.computed(
                ValueType.TEXT,
                frame -> part(
                        Coercion.text(source.of(frame)),
                        Coercion.number(start.of(frame)),
                        Coercion.number(length.of(frame))));
    }

    /** A start below 0 counts from the end. */
    private static String from(String text, double start) {
        var whole = (long) start; // NaN is 0
        var from = whole < 0 ? Math.max(0, text.length() + whole) : Math.min(whole, text.length());
        return text.substring((int) from);
    }

    /** A length below 0 leaves out that many characters at the end. */
    private static String part(String text, double start, double length) {
        var rest = from(text, start);
        var whole = (long) length;
        var to = whole < 0 || length < 0 ? Math.max(0, rest.length() + whole) : Math.min(whole, rest.length());
        return rest.substring(0, (int) to);
    }

    private static Part test(Call call, BiPredicate<String, String> test) throws RefusedConditionException {
        var text = call.part(0, ValueType.TEXT).expression();
        var sought = call.part(1, ValueType.TEXT).expression();
        return call.computed(ValueType.BOOLEAN, frame -> {
            var one = text.of(frame);
            var other = sought.of(frame);
            return one instanceof String whole && other instanceof String some && test.test(whole, some);
        });
    }

    private static Part changed(Call call, UnaryOperator<String> change) throws RefusedConditionException {
        var text = call.part(0, ValueType.TEXT).expression();
        return call.computed(ValueType.TEXT, frame -> changed(text.of(frame), change));
    }

    private static @Nullable Object changed(@Nullable Object value, UnaryOperator<String> change) {
        return value instanceof String text ? change.apply(text) : null;
    }
}
