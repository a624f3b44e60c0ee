package sluice.track.http.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ValueListItemType;
import sluice.track.http.json.JsonBody;

/**
 * {@code /v1/management/value-lists}: lists of values for rules to look in (management contract). The alias is made of
 * the name at creation and stays when the name changes: rules and clients know the list by it.
 */
final class ValueListHandler {
    private static final int NAME_LENGTH_MAX = 256;
    private static final int ITEMS_MAX = 10_000;
    private static final int ITEM_LENGTH_MAX = 256;
    private static final Set<ValueListItemType> ITEM_TYPES =
            EnumSet.of(ValueListItemType.STRING, ValueListItemType.NUMBER);

    /** The largest whole number up to which every reader of JSON tells all whole numbers apart (RFC 8259 section 6). */
    private static final long WHOLE_MAX = (1L << 53) - 1;

    private final Resource<Setting.ValueList> lists;

    ValueListHandler(Desk desk) {
        this.lists = new Resource<>(desk, Setting.ValueList.class, "value list", Answer::of, RuleGuard::check);
    }

    /** A value list as the contract has it. */
    private record Answer(
            String alias,
            String name,
            String itemType,
            @Nullable List<?> valueListItems,
            @Nullable Boolean isActive) {

        static Answer of(Piece piece, Setting.ValueList list) {
            return new Answer(
                    piece.key(),
                    list.name(),
                    Patch.lowerCase(list.itemType()),
                    items(list),
                    list.isActive().orElse(null));
        }

        private static @Nullable List<?> items(Setting.ValueList list) {
            if (list.texts().isPresent()) return list.texts().get();
            return list.numbers()
                    .map(numbers -> numbers.stream().map(Answer::spelt).toList())
                    .orElse(null);
        }

        /** A whole number without the point that a double would be written with. */
        private static Number spelt(Double number) {
            var whole = number.longValue();
            return whole == number && Math.abs(whole) <= WHOLE_MAX ? (Number) whole : number;
        }
    }

    void create(Context context) {
        var tenantId = lists.tenant(context);
        var patch = new Patch(JsonBody.of(context));
        var name = patch.requiredText("name", Optional.empty(), NAME_LENGTH_MAX);
        var alias = Alias.of(name).orElseThrow(() -> JsonBody.refused("name", "a letter or a digit in it"));
        lists.put(context, Piece.valueList(tenantId, alias), before -> {
            if (before.isPresent()) throw lists.thereAlready();
            return patched(Optional.empty(), patch);
        });
    }

    void get(Context context) {
        lists.get(context, piece(context));
    }

    void patch(Context context) {
        var piece = piece(context);
        var patch = new Patch(JsonBody.of(context));
        lists.patch(context, piece, before -> patched(Optional.of(before), patch));
    }

    void delete(Context context) {
        lists.delete(context, piece(context));
    }

    private Piece piece(Context context) {
        return Piece.valueList(lists.tenant(context), context.pathParam("alias"));
    }

    static Setting.ValueList patched(Optional<Setting.ValueList> before, Patch patch) {
        var name = patch.requiredText("name", before.map(Setting.ValueList::name), NAME_LENGTH_MAX);
        var itemType = patch.requiredWord("itemType", before.map(Setting.ValueList::itemType), ITEM_TYPES);
        var isActive = patch.flag("isActive", before.flatMap(Setting.ValueList::isActive));
        var texts = before.flatMap(Setting.ValueList::texts);
        var numbers = before.flatMap(Setting.ValueList::numbers);
        return switch (itemType) {
            case STRING ->
                new Setting.ValueList(name, itemType, texts(patch, texts, numbers), Optional.empty(), isActive);
            case NUMBER ->
                new Setting.ValueList(name, itemType, Optional.empty(), numbers(patch, numbers, texts), isActive);
            case UNKNOWN -> throw new AssertionError("No word for " + itemType);
        };
    }

    private static Optional<List<String>> texts(
            Patch patch, Optional<List<String>> before, Optional<List<Double>> others) {
        requireNone(patch, others);
        return patch.field("valueListItems", before, field -> patch.body().texts(field, ITEMS_MAX, ITEM_LENGTH_MAX));
    }

    private static Optional<List<Double>> numbers(
            Patch patch, Optional<List<Double>> before, Optional<List<String>> others) {
        requireNone(patch, others);
        return patch.field(
                "valueListItems", before, field -> patch.body().value(field).map(value -> numbers(field, value)));
    }

    /** A changed item type needs new items: the old ones are of the old type. */
    private static void requireNone(Patch patch, Optional<? extends List<?>> others) {
        if (others.isPresent() && !patch.body().has("valueListItems")) {
            throw JsonBody.refused("valueListItems", "items of the new itemType");
        }
    }

    private static List<Double> numbers(String field, JsonNode value) {
        if (!value.isArray() || value.size() > ITEMS_MAX) {
            throw JsonBody.refused(field, "a list of at most " + ITEMS_MAX + " numbers");
        }
        var numbers = new ArrayList<Double>();
        for (var each : value) numbers.add(number(field, each));
        return List.copyOf(numbers);
    }

    private static double number(String field, JsonNode value) {
        var number = value.doubleValue();
        if (!value.isNumber() || !Double.isFinite(number)) throw JsonBody.refused(field, "a list of numbers");
        if (value.isIntegralNumber() && Math.abs(number) > WHOLE_MAX) {
            throw JsonBody.refused(field, "whole numbers of at most " + WHOLE_MAX);
        }
        return number;
    }
}
