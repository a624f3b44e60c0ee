package sluice.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * Compiles conditions that are evaluated together, on one frame: JSON Logic as json-logic-js 2.0.5 has it, and Sluice's
 * own operators (docs/rules.md). Not thread-safe; what it makes is.
 */
public final class ConditionCompiler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vocabulary vocabulary;
    private final Slots slots = new Slots();

    public ConditionCompiler(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** @throws RefusedConditionException if it has no meaning, naming the place */
    public Condition compile(JsonNode condition) throws RefusedConditionException {
        return compile(condition, new Compilation(vocabulary, slots, false));
    }

    /** Compiles a condition that is JSON text. */
    public Condition compile(String json) throws RefusedConditionException {
        try {
            return compile(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new RefusedConditionException(Place.ROOT, "No well-formed JSON.");
        }
    }

    /** Compiles a condition on one value, as the body of a loop is: {@code var} reads inside that value. */
    Condition compileOnElement(JsonNode condition) throws RefusedConditionException {
        return compile(condition, new Compilation(vocabulary, slots, true));
    }

    private static Condition compile(JsonNode condition, Compilation compilation) throws RefusedConditionException {
        return new Condition(compilation.part(condition, Place.ROOT).expression());
    }

    /** What the conditions compiled so far read, by slot. */
    public List<Variable> variables() {
        return slots.variables();
    }
}
