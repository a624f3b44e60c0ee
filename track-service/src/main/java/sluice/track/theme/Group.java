package sluice.track.theme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with the named fields and no other. Changing one keeps what is not named, resets what is null and merges
 * what is nested; a group that has nothing left is left out.
 */
final class Group implements Field {
    private static final int NAME_SHOWN_MAX = 64;

    private final Map<String, Field> fields;

    private Group(Map<String, Field> fields) {
        this.fields = fields;
    }

    static Group empty() {
        return new Group(Map.of());
    }

    /** The same group with one more field. */
    Group with(String name, Field field) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, field);
        return new Group(more);
    }

    /** The same group with more fields of one kind. */
    Group withEach(Collection<String> names, Field field) {
        var more = new LinkedHashMap<>(fields);
        names.forEach(name -> more.put(name, field));
        return new Group(more);
    }

    @Override
    public ObjectNode patched(String path, @Nullable JsonNode before, JsonNode given) {
        if (!given.isObject()) throw new RefusedFieldException(path, "an object");
        // what a newer version has set in a field that this one does not know stays
        var after = before instanceof ObjectNode kept ? kept.deepCopy() : JsonNodeFactory.instance.objectNode();
        given.properties().forEach(each -> {
            var at = path.isEmpty() ? shown(each.getKey()) : path + "." + shown(each.getKey());
            patch(after, each.getKey(), field(at, each.getKey()), at, each.getValue());
        });
        return after;
    }

    private static void patch(ObjectNode after, String name, Field field, String at, JsonNode given) {
        if (given.isNull()) {
            after.remove(name);
            return;
        }
        var patched = field.patched(at, after.get(name), given);
        if (field instanceof Group && patched.isEmpty()) after.remove(name);
        else after.set(name, patched);
    }

    private Field field(String at, String name) {
        var field = fields.get(name);
        if (field == null)
            throw new RefusedFieldException(at, "one of the fields " + String.join(", ", fields.keySet()));
        return field;
    }

    private static String shown(String name) {
        return name.length() > NAME_SHOWN_MAX ? name.substring(0, NAME_SHOWN_MAX) + "…" : name;
    }
}
