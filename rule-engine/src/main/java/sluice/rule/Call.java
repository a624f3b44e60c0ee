package sluice.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * An operator with its operands, about to be compiled.
 *
 * @param place of the operands
 * @param operands as written; one that is no list may stand without one around it
 * @param isBare whether it does
 */
record Call(Compilation compilation, Place place, List<JsonNode> operands, boolean isBare) {
    int count() {
        return operands.size();
    }

    Place placeOf(int index) {
        return isBare ? place : place.below(index);
    }

    Part part(int index) throws RefusedConditionException {
        return compilation.part(operands.get(index), placeOf(index));
    }

    /** An operand that is compiled to be evaluated on each element of a list. */
    Part body(int index) throws RefusedConditionException {
        return compilation.body(operands.get(index), placeOf(index));
    }

    List<Part> parts() throws RefusedConditionException {
        var parts = new ArrayList<Part>();
        for (var i = 0; i < count(); i++) parts.add(part(i));
        return parts;
    }

    /** An operand, refused if it is known to be of another type than these. */
    Part part(int index, ValueType first, ValueType... more) throws RefusedConditionException {
        var part = part(index);
        requireType(part, EnumSet.of(first, more));
        return part;
    }

    /** An operand, refused if it is a data point of another type than these: public operators take any literal. */
    Part loosePart(int index, ValueType first, ValueType... more) throws RefusedConditionException {
        var part = part(index);
        if (part.variable().isPresent()) requireType(part, EnumSet.of(first, more));
        return part;
    }

    private static void requireType(Part part, EnumSet<ValueType> types) throws RefusedConditionException {
        if (part.type() == ValueType.ANY || types.contains(part.type())) return;
        var expected = String.join(" or ", types.stream().map(ValueType::words).toList());
        throw new RefusedConditionException(part.place(), part.words() + "; expected " + expected + ".");
    }

    /** An operand that is a text written out; empty if it is anything else. */
    Optional<String> literal(int index) {
        return Optional.of(operands.get(index)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A name with its place. */
    record Name(Place place, String text) {}

    /** The name of a data point: it is checked now, so it is written out. */
    String name(int index) throws RefusedConditionException {
        if (index >= count()) throw unnamed(place);
        return literal(index).orElseThrow(() -> unnamed(placeOf(index)));
    }

    /** The operands as names, or the items of the first where that is a list. */
    List<Name> names() throws RefusedConditionException {
        if (count() == 1 && operands.get(0).isArray()) return namesIn(0);
        return names(operands, place, isBare);
    }

    /** The items of an operand as names. */
    List<Name> namesIn(int index) throws RefusedConditionException {
        var list = operands.get(index);
        if (!list.isArray()) throw unnamed(placeOf(index));
        var names = new ArrayList<JsonNode>();
        list.forEach(names::add);
        return names(names, placeOf(index), false);
    }

    private static List<Name> names(List<JsonNode> nodes, Place place, boolean isBare)
            throws RefusedConditionException {
        var names = new ArrayList<Name>();
        for (var i = 0; i < nodes.size(); i++) {
            var at = isBare ? place : place.below(i);
            if (!nodes.get(i).isTextual()) throw unnamed(at);
            names.add(new Name(at, nodes.get(i).textValue()));
        }
        return names;
    }

    private static RefusedConditionException unnamed(Place place) {
        return new RefusedConditionException(place, "The name of a data point is written out here, as a string.");
    }

    /** In a loop a data point's name would be looked for inside the item, and never be found. */
    void requireNoDataPoint(int index) throws RefusedConditionException {
        var name = literal(index).orElse("");
        if (compilation.vocabulary().variable(name).isEmpty()) return;
        throw new RefusedConditionException(
                placeOf(index), "In a loop var reads inside the item at hand, not the data point " + name + ".");
    }

    Part computed(ValueType type, Expression expression) {
        return Part.computed(place, type, expression);
    }
}
