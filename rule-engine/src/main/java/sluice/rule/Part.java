package sluice.rule;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled part of a condition with what is known of it beforehand.
 *
 * @param type what it gives
 * @param variable the data point, where it is nothing but that
 * @param isConstant whether it gives the same always
 */
record Part(Place place, Expression expression, ValueType type, Optional<Variable> variable, boolean isConstant) {
    private static final Frame NOTHING = new Frame(0, slot -> null);

    static Part computed(Place place, ValueType type, Expression expression) {
        return new Part(place, expression, type, Optional.empty(), false);
    }

    static Part constant(Place place, @Nullable Object value) {
        return new Part(place, frame -> value, typeOf(value), Optional.empty(), true);
    }

    private static ValueType typeOf(@Nullable Object value) {
        if (value instanceof Boolean) return ValueType.BOOLEAN;
        if (value instanceof Double) return ValueType.NUMBER;
        if (value instanceof String) return ValueType.TEXT;
        return value instanceof List ? ValueType.LIST : ValueType.ANY;
    }

    /** The value of a constant; of anything else, what is given instead. */
    @Nullable
    Object value(@Nullable Object otherwise) {
        return isConstant ? expression.of(NOTHING) : otherwise;
    }

    boolean isA(ValueType expected) {
        return type == expected || type == ValueType.ANY;
    }

    /** As a sentence names it. */
    String words() {
        return variable.map(Variable::label).orElse("this") + " is " + type.words();
    }
}
