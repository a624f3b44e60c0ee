package sluice.rule;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads inside a value by a path: members of an object, items and length of a list or a text, a dot between them. */
final class Descent {
    /** What a path gives that leads nowhere; null is a value. */
    static final Object NOWHERE = new Object();

    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    private Descent() {}

    /** Whether there is a list in which the path leads somewhere. */
    static boolean leadsIntoLists(String path) {
        var first = path.split("\\.", 2)[0];
        return first.equals("length") || INDEX.matcher(first).matches();
    }

    static @Nullable Object of(@Nullable Object value, String path) {
        @Nullable Object at = value;
        for (var name : path.split("\\.", -1)) {
            at = member(at, name);
            if (at == NOWHERE) return NOWHERE;
        }
        return at;
    }

    private static @Nullable Object member(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> object) return object.containsKey(name) ? object.get(name) : NOWHERE;
        if (value instanceof List<?> list) {
            if (name.equals("length")) return (double) list.size();
            var index = index(name, list.size());
            return index < 0 ? NOWHERE : list.get(index);
        }
        if (!(value instanceof String text)) return NOWHERE;
        if (name.equals("length")) return (double) text.length();
        var index = index(name, text.length());
        return index < 0 ? NOWHERE : text.substring(index, index + 1);
    }

    private static int index(String name, int size) {
        if (!INDEX.matcher(name).matches()) return -1;
        var index = Integer.parseInt(name);
        return index < size ? index : -1;
    }
}
