package sluice.runtime.configuration.domain;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.rule.AggregateDataPoint;
import sluice.rule.CountedDataPoint;
import sluice.rule.CustomDataPoint;
import sluice.rule.DataPoint;
import sluice.rule.ValueList;
import sluice.rule.ValueType;
import sluice.rule.Variable;
import sluice.rule.Vocabulary;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.ValueListItemType;

/** Makes what a tenant's rules may name of what is set for the tenant. */
final class Vocabularies {
    private Vocabularies() {}

    /**
     * @param points custom data points by id; where two have one name, the smaller id counts
     * @param lists by alias
     */
    static Vocabulary of(Map<String, Setting.CustomDataPoint> points, Map<String, Setting.ValueList> lists) {
        var variables = new TreeMap<String, Variable>(DataPoint.byName());
        CountedDataPoint.all().forEach(point -> variables.put(point.label(), point));
        own(points).forEach(point -> variables.putIfAbsent(point.label(), point));
        // after all of them: what a tenant has named amount.sum.24h is that data point
        ofActions(points).values().stream()
                .flatMap(point -> AggregateDataPoint.of(point).stream())
                .forEach(point -> variables.putIfAbsent(point.label(), point));
        return new Vocabulary(
                variables,
                lists.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> list(entry.getValue()))));
    }

    /** Data points that track calls bring, by name. */
    static Map<String, CustomDataPoint> ofActions(Map<String, Setting.CustomDataPoint> points) {
        return own(points).stream()
                .filter(point -> !point.isOfUser())
                .collect(Collectors.toUnmodifiableMap(
                        CustomDataPoint::dataName, point -> point, (smallerId, other) -> smallerId));
    }

    /** In the order of their ids. */
    private static List<CustomDataPoint> own(Map<String, Setting.CustomDataPoint> points) {
        return new TreeMap<>(points)
                .values().stream().map(Vocabularies::variable).toList();
    }

    private static CustomDataPoint variable(Setting.CustomDataPoint point) {
        return new CustomDataPoint(point.name(), type(point.dataType()), point.modelType() == CustomDataModel.USER);
    }

    private static ValueType type(CustomDataType type) {
        return switch (type) {
            case TEXT -> ValueType.TEXT;
            case NUMBER -> ValueType.NUMBER;
            case BOOLEAN -> ValueType.BOOLEAN;
            case MULTISELECT -> ValueType.LIST;
            case UNKNOWN -> throw new AssertionError("No custom data point is of a type that came later");
        };
    }

    /** A list that is not in use has no items. */
    private static ValueList list(Setting.ValueList list) {
        var isInUse = list.isActive().orElse(true);
        if (list.itemType() == ValueListItemType.NUMBER) {
            return ValueList.of(ValueType.NUMBER, isInUse ? list.numbers().orElse(List.of()) : List.of());
        }
        return ValueList.of(ValueType.TEXT, isInUse ? list.texts().orElse(List.of()) : List.of());
    }
}
