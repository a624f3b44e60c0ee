package sluice.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of the values of a data point of the tenant's own over a window.
 *
 * @param label what rules call it, put together once
 * @param dataName what track calls know the data point by
 */
public record AggregateDataPoint(String label, String dataName, Kind kind, Span span) implements Variable {
    /** How values are taken together. docs/rules.md holds this table, and a test that it does. */
    public enum Kind {
        COUNT("Actions of this code that brought a value, this one included.", "the user has 32 others"),
        SUM(
                "The sum of the values, 0 of none.",
                "the user has 32 others, or the sum is beyond all numbers",
                ValueType.NUMBER),
        MAX("The greatest of the values.", "there is none", ValueType.NUMBER),
        DISTINCT("Different values, of which 32 are told apart.", "the user has 32 others", ValueType.TEXT);

        private final String meaning;
        private final String unknown;
        private final Optional<ValueType> only;

        /** For values of any type. */
        Kind(String meaning, String unknown) {
            this(meaning, unknown, Optional.empty());
        }

        /** For values of one type. */
        Kind(String meaning, String unknown, ValueType only) {
            this(meaning, unknown, Optional.of(only));
        }

        Kind(String meaning, String unknown, Optional<ValueType> only) {
            this.meaning = meaning;
            this.unknown = unknown;
            this.only = only;
        }

        private boolean isFor(ValueType type) {
            return only.isEmpty() || only.get() == type;
        }

        /** As a row of the documentation's table. */
        String row() {
            var of = only.map(type -> type.name().toLowerCase(Locale.ROOT)).orElse("any");
            return "| `custom.<name>.%s.<window>` | %s | %s | %s |".formatted(part(), of, meaning, unknown);
        }

        private String part() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be read of the past values of a data point; nothing of a user's, which has one value at a time. */
    public static List<AggregateDataPoint> of(CustomDataPoint point) {
        if (point.isOfUser()) return List.of();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.isFor(point.type()))
                .flatMap(kind -> Arrays.stream(Span.values())
                        .map(span -> new AggregateDataPoint(
                                point.label() + "." + kind.part() + "." + span.label(), point.dataName(), kind, span)))
                .toList();
    }

    @Override
    public ValueType type() {
        return ValueType.NUMBER;
    }
}
