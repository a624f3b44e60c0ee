package sluice.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.fuzz.Choices;

/** A rule's conditions: refused with a place, or compiled and evaluated, within bounds, whatever the data points are. */
public final class ConditionFuzz {
    private static final int LENGTH_MAX = 65_536;
    private static final List<Object> NUMBERS = List.of(0.0, -0.0, 1.0, -1.5, 1e300, Double.MIN_VALUE, 0x1p53);
    private static final List<Object> TEXTS = List.of(
            "", "AQ", "0", " 1e3 ", "198.51.100.7", "2001:db8::1", "2026-01-01T00:00:00.000Z", "x".repeat(4096));
    private static final List<Object> LISTS = List.of(List.of(), List.of("a", "AQ"), List.of("x".repeat(256)));
    private static final Vocabulary VOCABULARY = vocabulary();

    private ConditionFuzz() {}

    private static Vocabulary vocabulary() {
        var all = new TreeMap<String, Variable>(DataPoint.byName());
        for (var type : ValueType.values()) {
            var point = new CustomDataPoint(type.name().toLowerCase(Locale.ROOT), type, false);
            all.put(point.label(), point);
            AggregateDataPoint.of(point).forEach(aggregate -> all.put(aggregate.label(), aggregate));
        }
        CountedDataPoint.all().forEach(counted -> all.put(counted.label(), counted));
        return new Vocabulary(
                all,
                Map.of(
                        "words", ValueList.of(ValueType.TEXT, List.of("AQ", "BV")),
                        "figures", ValueList.of(ValueType.NUMBER, List.of(1.5, 0.0))));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var values = choices.bytes(4);
        var text = new String(choices.rest(), UTF_8);
        if (text.length() > LENGTH_MAX) return;
        var compiler = new ConditionCompiler(VOCABULARY);
        try {
            evaluate(compiler.compile(text), compiler, values);
        } catch (RefusedConditionException e) {
            if (e.getMessage() == null || e.getMessage().isEmpty())
                throw new AssertionError("Refused for no reason", e);
        }
    }

    private static void evaluate(Condition condition, ConditionCompiler compiler, byte[] values) {
        var variables = compiler.variables();
        var first = condition.evaluate(frame(variables, values));
        var second = condition.evaluate(frame(variables, values));
        if (!first.equals(second)) throw new AssertionError("The same is not the same: " + first + ", " + second);
        if (first.isMatch() && first.isTooCostly()) throw new AssertionError("What was given up matches");
    }

    private static Frame frame(List<Variable> variables, byte[] values) {
        return new Frame(variables.size(), slot -> {
            var choice = values.length == 0 ? 0 : values[slot % values.length] & 0xff;
            return choice == 0 ? null : value(variables.get(slot).type(), choice);
        });
    }

    private static @Nullable Object value(ValueType type, int choice) {
        return switch (type) {
            case BOOLEAN -> choice % 2 == 1;
            case NUMBER -> NUMBERS.get(choice % NUMBERS.size());
            case TEXT -> TEXTS.get(choice % TEXTS.size());
            case LIST -> LISTS.get(choice % LISTS.size());
            case ANY -> null;
        };
    }
}
