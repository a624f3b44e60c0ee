package sluice.rule;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list that values are looked up in, in the same time however long it is.
 *
 * @param type of its items, NUMBER or TEXT
 * @param items Double or String, as the type says
 */
public record ValueList(ValueType type, Set<?> items) {
    public ValueList {
        items = Set.copyOf(items);
    }

    public static ValueList of(ValueType type, Collection<?> items) {
        var distinct = new HashSet<Object>();
        for (var item : items) distinct.add(comparable(item));
        return new ValueList(type, distinct);
    }

    boolean contains(@Nullable Object value) {
        return value != null && items.contains(comparable(value));
    }

    /** There are two zeros, which are equal. */
    private static Object comparable(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}
