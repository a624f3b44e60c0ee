package sluice.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The compilation of one condition. */
final class Compilation {
    static final int DEPTH_MAX = 32;
    static final int PARTS_MAX = 1000;

    private final Vocabulary vocabulary;
    private final Slots slots;
    private boolean isOnElement;
    private int parts;

    /** @param isOnElement whether {@code var} reads inside a value, as it does in a loop, and not data points */
    Compilation(Vocabulary vocabulary, Slots slots, boolean isOnElement) {
        this.vocabulary = vocabulary;
        this.slots = slots;
        this.isOnElement = isOnElement;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Slots slots() {
        return slots;
    }

    boolean isOnElement() {
        return isOnElement;
    }

    Part body(JsonNode node, Place place) throws RefusedConditionException {
        var before = isOnElement;
        isOnElement = true;
        var body = part(node, place);
        isOnElement = before;
        return body;
    }

    Part part(JsonNode node, Place place) throws RefusedConditionException {
        if (++parts > PARTS_MAX) throw new RefusedConditionException(place, "More than " + PARTS_MAX + " parts.");
        if (place.depth() > DEPTH_MAX) {
            throw new RefusedConditionException(place, "Nested more than " + DEPTH_MAX + " deep.");
        }
        if (node.isArray()) return list(node, place);
        if (node.isObject()) return call(node, place);
        if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
            throw new RefusedConditionException(place, "A number beyond those that there are in JavaScript.");
        }
        return Part.constant(place, literal(node));
    }

    private static @Nullable Object literal(JsonNode node) {
        if (node.isTextual()) return node.textValue();
        if (node.isNumber()) return node.doubleValue();
        return node.isBoolean() ? node.booleanValue() : null;
    }

    private Part list(JsonNode node, Place place) throws RefusedConditionException {
        var items = new ArrayList<Part>();
        for (var i = 0; i < node.size(); i++) items.add(part(node.get(i), place.below(i)));
        if (items.stream().allMatch(Part::isConstant)) return Part.constant(place, valuesOf(items));
        var expressions = items.stream().map(Part::expression).toList();
        return Part.computed(place, ValueType.LIST, frame -> Lists.valuesOf(expressions, frame));
    }

    private static List<@Nullable Object> valuesOf(List<Part> constants) {
        var values = new ArrayList<@Nullable Object>();
        for (var each : constants) values.add(each.value(null));
        return Collections.unmodifiableList(values);
    }

    private Part call(JsonNode node, Place place) throws RefusedConditionException {
        if (node.size() != 1) {
            throw new RefusedConditionException(
                    place, "An object has one member, an operator; this has " + node.size() + ".");
        }
        var member = node.properties().iterator().next();
        var below = place.below(member.getKey());
        var operator = Operators.ALL.get(member.getKey());
        if (operator == null) {
            var question = Nearest.question(member.getKey(), Operators.ALL.keySet());
            throw new RefusedConditionException(below, "There is no such operator." + question);
        }
        var isBare = !member.getValue().isArray();
        var operands = new ArrayList<JsonNode>();
        if (isBare) operands.add(member.getValue());
        else member.getValue().forEach(operands::add);
        if (operands.size() < operator.operandsMin() || operands.size() > operator.operandsMax()) {
            throw new RefusedConditionException(
                    below,
                    "%s takes %s; this has %d.".formatted(operator.name(), operator.operands(), operands.size()));
        }
        return operator.making().of(new Call(this, below, operands, isBare));
    }
}
