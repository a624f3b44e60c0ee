package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rule, data and what json-logic-js 2.0.5 makes of them: what the public suite looks at, and every comparison of every
 * kind of value. {@code public-cases.mjs} beside the cases has made them.
 */
class PublicCasesTest {
    private static final int REFUSALS_MAX = 20;

    /** A variable of which nothing is known beforehand. */
    private record Anything(String label) implements Variable {
        @Override
        public ValueType type() {
            return ValueType.ANY;
        }
    }

    private static JsonNode cases() throws IOException {
        try (var file = PublicCasesTest.class.getResourceAsStream("public-cases.json")) {
            return Conditions.JSON.readTree(Objects.requireNonNull(file));
        }
    }

    @Test
    void givenThePublicCases_whenEvaluatedOnTheirData_thenTheValuesAreThePublicOnes() throws Exception {
        for (var each : cases()) {
            var condition = new ConditionCompiler(new Vocabulary(Map.of(), Map.of())).compileOnElement(each.get(0));

            assertSame(condition.value(new Frame(0, slot -> null), ReferenceInterpreter.plain(each.get(1))), each);
        }
    }

    /**
     * The property that compares with the reference interpreter means something only if that is right. How JavaScript
     * spells numbers is beyond it.
     */
    @Test
    void givenThePublicCases_whenInterpreted_thenTheValuesAreThePublicOnes() throws Exception {
        for (var each : cases()) {
            if (each.get(0).path("cat").path(0).isNumber()) continue;
            assertSame(ReferenceInterpreter.apply(each.get(0), ReferenceInterpreter.plain(each.get(1))), each);
        }
    }

    /** As rules are evaluated: variables in slots. Only where a name is computed can a case not be compiled so. */
    @Test
    void givenThePublicCases_whenTheirVariablesAreInSlots_thenTheValuesAreThePublicOnes() throws Exception {
        var refusals = 0;
        for (var each : cases()) {
            var variables = new TreeMap<String, Variable>();
            note(each.get(0), variables);
            var compiler = new ConditionCompiler(new Vocabulary(variables, Map.of()));
            try {
                var condition = compiler.compile(each.get(0));
                assertSame(condition.value(frame(compiler.variables(), each.get(1)), null), each);
            } catch (RefusedConditionException e) {
                assertThat(e).as(each.toString()).hasMessageContaining("written out here");
                refusals++;
            }
        }
        assertThat(refusals).isLessThan(REFUSALS_MAX);
    }

    private static Frame frame(List<Variable> variables, JsonNode data) {
        var value = ReferenceInterpreter.plain(data);
        return new Frame(
                variables.size(),
                slot -> ReferenceInterpreter.apply(
                        Conditions.JSON
                                .createObjectNode()
                                .put("var", variables.get(slot).label()),
                        value));
    }

    /** Notes the variables that are read outside the bodies of loops. */
    private static void note(JsonNode rule, Map<String, Variable> variables) {
        rule.properties().forEach(member -> {
            var operands = member.getValue();
            switch (member.getKey()) {
                case "var" -> name(operands.isArray() ? operands.path(0) : operands, variables);
                case "missing", "missing_some" -> names(operands, variables);
                case "filter", "map", "reduce", "all", "some", "none" -> note(operands.path(0), variables);
                default -> note(operands, variables);
            }
        });
        if (rule.isArray()) rule.forEach(each -> note(each, variables));
    }

    private static void names(JsonNode names, Map<String, Variable> variables) {
        name(names, variables);
        names.forEach(each -> names(each, variables));
    }

    private static void name(JsonNode name, Map<String, Variable> variables) {
        if (name.isTextual()) variables.put(name.textValue(), new Anything(name.textValue()));
    }

    private static void assertSame(@Nullable Object value, JsonNode ofCase) {
        assertThat(spelt(value)).as(ofCase.toString()).isEqualTo(spelt(ReferenceInterpreter.plain(ofCase.get(2))));
    }

    /** The cases are JSON, which has no NaN and no infinity, and one zero. */
    static @Nullable Object spelt(@Nullable Object value) {
        if (value instanceof Double number)
            return Double.isFinite(number) ? (Object) (number + 0.0) : number.toString();
        if (value instanceof List<?> list)
            return list.stream().map(PublicCasesTest::spelt).toList();
        return value;
    }
}
