package sluice.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Membership in value lists and in ranges of addresses. What is looked for may be a list: any item of it will do. */
final class Lookups {
    static final List<Operator> OPERATORS =
            List.of(new Operator("inList", 2, 2, Lookups::inList), new Operator("inCidr", 2, 2, Lookups::inCidr));

    private Lookups() {}

    private interface Test {
        boolean holds(@Nullable Object value);
    }

    private static Part inList(Call call) throws RefusedConditionException {
        var alias = call.literal(1);
        if (alias.isEmpty()) {
            throw new RefusedConditionException(call.placeOf(1), "The alias of a value list, as a string.");
        }
        var found = call.compilation().vocabulary().list(alias.get());
        if (found.isEmpty()) {
            var question = Nearest.question(
                    alias.get(), call.compilation().vocabulary().lists().keySet());
            throw new RefusedConditionException(
                    call.placeOf(1), "There is no value list " + alias.get() + "." + question);
        }
        var list = found.get();
        return test(call, call.part(0, list.type(), ValueType.LIST), list::contains);
    }

    private static Part inCidr(Call call) throws RefusedConditionException {
        var value = call.part(0, ValueType.TEXT, ValueType.LIST);
        var ranges = ranges(call);
        return test(
                call,
                value,
                each -> each instanceof String text
                        && IpAddress.parse(text)
                                .filter(address -> ranges.stream().anyMatch(range -> range.contains(address)))
                                .isPresent());
    }

    private static List<IpRange> ranges(Call call) throws RefusedConditionException {
        var operand = call.part(1);
        var texts = operand.value(List.of());
        var ranges = new ArrayList<IpRange>();
        if (operand.isConstant() && texts instanceof String text) return List.of(range(operand.place(), text));
        if (!operand.isConstant() || !(texts instanceof List<?> list)) {
            throw new RefusedConditionException(operand.place(), "CIDR ranges, written out in a list.");
        }
        for (var i = 0; i < list.size(); i++) ranges.add(range(operand.place().below(i), list.get(i)));
        return List.copyOf(ranges);
    }

    private static IpRange range(Place place, @Nullable Object written) throws RefusedConditionException {
        var range = IpRange.parse(Coercion.text(written));
        if (range.isEmpty()) {
            throw new RefusedConditionException(place, "No IP range in CIDR notation, such as 10.0.0.0/8.");
        }
        if (range.get().isSkewed()) {
            throw new RefusedConditionException(place, "An IP range whose address goes on beyond its prefix.");
        }
        return range.get();
    }

    private static Part test(Call call, Part part, Test test) {
        var value = part.expression();
        return call.computed(ValueType.BOOLEAN, frame -> {
            var sought = value.of(frame);
            if (!(sought instanceof List<?> items)) return test.holds(sought);
            return frame.spend(items.size()) && items.stream().anyMatch(test::holds);
        });
    }
}
