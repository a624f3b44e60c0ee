package sluice.rule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Times: texts in ISO 8601 with an offset, and hours of the day. What is neither gives false. */
final class Times {
    static final List<Operator> OPERATORS = List.of(
            new Operator("before", 2, 2, call -> order(call, Instant::isBefore)),
            new Operator("after", 2, 2, call -> order(call, Instant::isAfter)),
            new Operator("hourBetween", 3, 3, Times::hourBetween));

    private static final int TEXT_LENGTH_MAX = 40;
    private static final int HOURS = 24;

    private Times() {}

    private static Part order(Call call, BiPredicate<Instant, Instant> order) throws RefusedConditionException {
        var left = time(call, 0);
        var right = time(call, 1);
        return call.computed(ValueType.BOOLEAN, frame -> {
            var one = time(left.of(frame));
            var other = time(right.of(frame));
            return one.isPresent() && other.isPresent() && order.test(one.get(), other.get());
        });
    }

    private static Expression time(Call call, int index) throws RefusedConditionException {
        var part = call.part(index, ValueType.TEXT);
        if (part.isConstant() && time(part.value(null)).isEmpty()) {
            throw new RefusedConditionException(part.place(), "No time in ISO 8601, such as 2026-01-31T00:00:00Z.");
        }
        return part.expression();
    }

    private static Optional<Instant> time(@Nullable Object value) {
        if (!(value instanceof String text) || text.length() > TEXT_LENGTH_MAX) return Optional.empty();
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** From the first hour on, until the second begins; past midnight where the second is the smaller one. */
    private static Part hourBetween(Call call) throws RefusedConditionException {
        var hour = call.part(0, ValueType.NUMBER).expression();
        var from = hour(call, 1);
        var to = hour(call, 2);
        return call.computed(ValueType.BOOLEAN, frame -> {
            if (!(hour.of(frame) instanceof Double at)) return false;
            return from <= to ? from <= at && at < to : from <= at || at < to;
        });
    }

    private static int hour(Call call, int index) throws RefusedConditionException {
        var part = call.part(index);
        if (part.isConstant() && part.value(null) instanceof Double hour && isHour(hour)) return hour.intValue();
        throw new RefusedConditionException(part.place(), "A whole hour, 0 to 24.");
    }

    private static boolean isHour(double hour) {
        return hour >= 0 && hour <= HOURS && hour == Math.rint(hour);
    }
}
