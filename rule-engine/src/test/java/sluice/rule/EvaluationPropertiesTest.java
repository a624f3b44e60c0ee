package sluice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The compiled evaluator says what a straightforward reading of the rule says, whatever rule and data. */
class EvaluationPropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c.d");

    private record Anything(String label) implements Variable {
        @Override
        public ValueType type() {
            return ValueType.ANY;
        }
    }

    @Property(tries = 5000)
    void theCompiledConditionEqualsTheInterpretedOne(
            @ForAll("rules") JsonNode rule, @ForAll("values") JsonNode a, @ForAll("values") JsonNode b)
            throws Exception {
        var compiler = new ConditionCompiler(new Vocabulary(
                Map.of("a", new Anything("a"), "b", new Anything("b"), "c.d", new Anything("c.d")), Map.of()));
        var condition = compiler.compile(rule);
        var data = data(a, b);
        var frame = new Frame(
                compiler.variables().size(),
                slot -> value(compiler.variables().get(slot).label(), data));

        var value = condition.value(frame, null);

        var expected = ReferenceInterpreter.apply(rule, data);
        assertThat(PublicCasesTest.spelt(value)).isEqualTo(PublicCasesTest.spelt(expected));
        assertThat(condition.evaluate(frame).isMatch()).isEqualTo(ReferenceInterpreter.truth(expected));
    }

    private static Map<String, @Nullable Object> data(JsonNode a, JsonNode b) {
        var data = new HashMap<String, @Nullable Object>();
        data.put("a", ReferenceInterpreter.plain(a));
        data.put("b", ReferenceInterpreter.plain(b));
        return data;
    }

    private static @Nullable Object value(String name, Map<String, @Nullable Object> data) {
        return ReferenceInterpreter.apply(JSON.objectNode().put("var", name), data);
    }

    @Provide
    Arbitrary<JsonNode> rules() {
        return rule(3, false);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return Arbitraries.oneOf(literal(), literal().list().ofMaxSize(4).map(EvaluationPropertiesTest::array));
    }

    private static Arbitrary<JsonNode> literal() {
        return Arbitraries.of(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.booleanNode(false),
                JSON.numberNode(0),
                JSON.numberNode(1),
                JSON.numberNode(-2),
                JSON.numberNode(2.5),
                JSON.textNode(""),
                JSON.textNode("0"),
                JSON.textNode("1"),
                JSON.textNode("2.50x"),
                JSON.textNode("a"),
                JSON.textNode("abc"));
    }

    private static Arbitrary<JsonNode> rule(int depth, boolean isInLoop) {
        var leaf = Arbitraries.oneOf(literal(), variable(isInLoop));
        if (depth == 0) return leaf;
        var deeper = rule(depth - 1, isInLoop);
        var body = rule(depth - 1, true);
        return Arbitraries.frequencyOf(
                Tuple.of(2, leaf),
                Tuple.of(4, call(deeper, 2, 2, "==", "!=", "===", "!==", ">", ">=", "-", "/", "%", "in")),
                Tuple.of(3, call(deeper, 1, 4, "and", "or", "if", "*", "min", "max")),
                Tuple.of(2, call(deeper, 0, 3, "cat", "merge", "+", "?:")),
                Tuple.of(2, call(deeper, 2, 3, "<", "<=")),
                Tuple.of(1, call(deeper, 1, 1, "!", "!!", "-")),
                Tuple.of(1, deeper.list().ofMaxSize(3).map(EvaluationPropertiesTest::array)),
                Tuple.of(1, missing()),
                Tuple.of(3, loop(deeper, body)));
    }

    private static Arbitrary<JsonNode> variable(boolean isInLoop) {
        var names = isInLoop ? List.of("", "0", "current", "accumulator", "length") : NAMES;
        return Arbitraries.of(names).map(name -> JSON.objectNode().put("var", name));
    }

    private static Arbitrary<JsonNode> missing() {
        return Arbitraries.of(NAMES).list().ofMaxSize(3).map(names -> {
            var rule = JSON.objectNode();
            names.forEach(rule.putArray("missing")::add);
            return rule;
        });
    }

    private static Arbitrary<JsonNode> call(Arbitrary<JsonNode> operand, int min, int max, String... operators) {
        return Combinators.combine(
                        Arbitraries.of(operators), operand.list().ofMinSize(min).ofMaxSize(max))
                .as((operator, operands) -> JSON.objectNode().set(operator, array(operands)));
    }

    private static Arbitrary<JsonNode> loop(Arbitrary<JsonNode> list, Arbitrary<JsonNode> body) {
        var operators = Arrays.asList("map", "filter", "all", "some", "none", "reduce");
        return Combinators.combine(Arbitraries.of(operators), list, body, literal())
                .as((operator, items, each, first) -> {
                    var operands = new ArrayList<>(List.of(items, each));
                    if (operator.equals("reduce")) operands.add(first);
                    return JSON.objectNode().set(operator, array(operands));
                });
    }

    private static JsonNode array(List<JsonNode> items) {
        return JSON.arrayNode().addAll(items);
    }
}
