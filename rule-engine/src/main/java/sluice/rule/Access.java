package sluice.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reads data points, or inside a loop the item at hand. */
final class Access {
    static final List<Operator> OPERATORS = List.of(
            new Operator("var", 0, 2, call -> call.compilation().isOnElement() ? ofElement(call) : ofDataPoint(call)),
            new Operator("missing", 0, Operator.MANY, Access::missing),
            new Operator("missing_some", 2, 2, Access::missingSome));

    private Access() {}

    private static Part ofDataPoint(Call call) throws RefusedConditionException {
        var read = dataPoint(call.compilation(), call.count() == 0 ? call.place() : call.placeOf(0), call.name(0));
        if (call.count() == 1) return read;
        var value = read.expression();
        var otherwise = call.part(1);
        var type = otherwise.type() == read.type() ? read.type() : ValueType.ANY;
        return call.computed(type, frame -> {
            var known = value.of(frame);
            return known == null ? otherwise.expression().of(frame) : known;
        });
    }

    /** A data point, or what is inside one that is a list. */
    private static Part dataPoint(Compilation compilation, Place place, String name) throws RefusedConditionException {
        var variable = compilation.vocabulary().variable(name);
        if (variable.isPresent()) {
            var slot = compilation.slots().of(variable.get());
            return new Part(place, frame -> frame.read(slot), variable.get().type(), variable, false);
        }
        for (var dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            var whole = compilation.vocabulary().variable(name.substring(0, dot));
            var path = name.substring(dot + 1);
            if (whole.isEmpty() || whole.get().type() != ValueType.LIST || !Descent.leadsIntoLists(path)) continue;
            var slot = compilation.slots().of(whole.get());
            return Part.computed(place, ValueType.ANY, frame -> known(Descent.of(frame.read(slot), path)));
        }
        var question =
                Nearest.question(name, compilation.vocabulary().variables().keySet());
        throw new RefusedConditionException(place, "There is no data point " + name + "." + question);
    }

    private static @Nullable Object known(@Nullable Object found) {
        return found == Descent.NOWHERE ? null : found;
    }

    private static Part ofElement(Call call) throws RefusedConditionException {
        if (call.count() == 0) return call.computed(ValueType.ANY, Frame::element);
        call.requireNoDataPoint(0);
        var path = call.part(0).expression();
        Expression otherwise = call.count() == 2 ? call.part(1).expression() : frame -> null;
        return call.computed(ValueType.ANY, frame -> {
            var at = path.of(frame);
            var instead = otherwise.of(frame);
            var found = inElement(frame, at);
            return found == Descent.NOWHERE ? instead : found;
        });
    }

    private static @Nullable Object inElement(Frame frame, @Nullable Object path) {
        if (path == null || path.equals("")) return frame.element();
        return Descent.of(frame.element(), Coercion.text(path));
    }

    private static boolean isMissing(@Nullable Object found) {
        return found == null || found == Descent.NOWHERE || found.equals("");
    }

    private static Part missing(Call call) throws RefusedConditionException {
        if (!call.compilation().isOnElement()) return missingDataPoints(call, call.names());
        var operands = call.parts().stream().map(Part::expression).toList();
        return call.computed(ValueType.LIST, frame -> {
            var names = Lists.valuesOf(operands, frame);
            return missing(frame, !names.isEmpty() && names.get(0) instanceof List<?> list ? list : names);
        });
    }

    private static List<@Nullable Object> missing(Frame frame, List<?> names) {
        var missing = new ArrayList<@Nullable Object>();
        for (var name : names) {
            if (!frame.spend(1)) break;
            if (isMissing(inElement(frame, name))) missing.add(name);
        }
        return missing;
    }

    /** One name and whether it has a value. */
    private record Wanted(String name, Expression value) {}

    private static Part missingDataPoints(Call call, List<Call.Name> names) throws RefusedConditionException {
        var wanted = new ArrayList<Wanted>();
        for (var each : names) {
            var read = dataPoint(call.compilation(), each.place(), each.text());
            wanted.add(new Wanted(each.text(), read.expression()));
        }
        return call.computed(ValueType.LIST, frame -> {
            var missing = new ArrayList<@Nullable Object>();
            for (var each : wanted) if (isMissing(each.value().of(frame))) missing.add(each.name());
            return missing;
        });
    }

    /** Those that are missing, or none if enough are there. */
    private static Part missingSome(Call call) throws RefusedConditionException {
        var needed = call.part(0).expression();
        if (!call.compilation().isOnElement()) {
            var names = call.namesIn(1);
            var missing = missingDataPoints(call, names).expression();
            return call.computed(
                    ValueType.LIST,
                    frame -> enough(names.size(), (List<?>) missing.of(frame), Coercion.number(needed.of(frame))));
        }
        var options = call.part(1).expression();
        return call.computed(ValueType.LIST, frame -> {
            var names = options.of(frame) instanceof List<?> list ? list : List.of();
            return enough(names.size(), missing(frame, names), Coercion.number(needed.of(frame)));
        });
    }

    private static List<?> enough(int options, @Nullable List<?> missing, double needed) {
        if (missing == null || options - missing.size() >= needed) return List.of();
        return missing;
    }
}
