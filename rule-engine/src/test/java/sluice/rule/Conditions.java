package sluice.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Conditions written with single quotes, on a tenant that has one data point of each type, and two lists. */
final class Conditions {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Vocabulary VOCABULARY = new Vocabulary(
            variables(),
            Map.of(
                    "blocked-countries", ValueList.of(ValueType.TEXT, List.of("AQ", "BV")),
                    "figures", ValueList.of(ValueType.NUMBER, List.of(1.5, 0.0))));

    private Conditions() {}

    private static Map<String, Variable> variables() {
        var all = new TreeMap<String, Variable>(DataPoint.byName());
        for (var each : List.of(
                new CustomDataPoint("amount", ValueType.NUMBER, false),
                new CustomDataPoint("tags", ValueType.LIST, false),
                new CustomDataPoint("note", ValueType.TEXT, false),
                new CustomDataPoint("payee", ValueType.TEXT, false),
                new CustomDataPoint("vip", ValueType.BOOLEAN, true))) {
            all.put(each.label(), each);
            AggregateDataPoint.of(each).forEach(aggregate -> all.put(aggregate.label(), aggregate));
        }
        CountedDataPoint.all().forEach(counted -> all.put(counted.label(), counted));
        return all;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    static Condition compiled(String condition) throws RefusedConditionException {
        return new ConditionCompiler(VOCABULARY).compile(json(condition));
    }

    /** What a condition gives where these data points are known. */
    static @Nullable Object value(String condition, Map<String, ?> known) throws RefusedConditionException {
        var compiler = new ConditionCompiler(VOCABULARY);
        var compiled = compiler.compile(json(condition));
        return compiled.value(frame(compiler, known), null);
    }

    static Evaluation evaluation(String condition, Map<String, ?> known) throws RefusedConditionException {
        var compiler = new ConditionCompiler(VOCABULARY);
        var compiled = compiler.compile(json(condition));
        return compiled.evaluate(frame(compiler, known));
    }

    private static Frame frame(ConditionCompiler compiler, Map<String, ?> known) {
        var variables = compiler.variables();
        return new Frame(variables.size(), slot -> known.get(variables.get(slot).label()));
    }
}
