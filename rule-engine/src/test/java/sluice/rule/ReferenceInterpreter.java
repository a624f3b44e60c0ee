package sluice.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON Logic read straight from its text each time, data as one value: no compilation, no slots, no types, no budget.
 * Only public operators, with as many operands as they take.
 */
final class ReferenceInterpreter {
    private ReferenceInterpreter() {}

    static @Nullable Object apply(JsonNode rule, @Nullable Object data) {
        if (rule.isArray()) {
            var items = new ArrayList<@Nullable Object>();
            rule.forEach(item -> items.add(apply(item, data)));
            return items;
        }
        if (!rule.isObject()) return plain(rule);
        var operator = rule.fieldNames().next();
        var written = rule.get(operator);
        var operands = new ArrayList<JsonNode>();
        if (written.isArray()) written.forEach(operands::add);
        else operands.add(written);
        return lazily(operator, operands, data);
    }

    static @Nullable Object plain(JsonNode node) {
        if (node.isTextual()) return node.textValue();
        if (node.isNumber()) return node.doubleValue();
        if (node.isBoolean()) return node.booleanValue();
        if (node.isArray()) {
            var items = new ArrayList<@Nullable Object>();
            node.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (!node.isObject()) return null;
        var members = new HashMap<String, @Nullable Object>();
        node.properties().forEach(member -> members.put(member.getKey(), plain(member.getValue())));
        return members;
    }

    private static @Nullable Object lazily(String operator, List<JsonNode> operands, @Nullable Object data) {
        return switch (operator) {
            case "if", "?:" -> choice(operands, data);
            case "and", "or" -> chain(operands, operator.equals("or"), data);
            case "filter", "map", "all", "some", "none", "reduce" -> loop(operator, operands, data);
            default -> {
                var values = new ArrayList<@Nullable Object>();
                operands.forEach(each -> values.add(apply(each, data)));
                yield eagerly(operator, values, data);
            }
        };
    }

    private static @Nullable Object choice(List<JsonNode> operands, @Nullable Object data) {
        for (var i = 0; i < operands.size(); i += 2) {
            if (i == operands.size() - 1) return apply(operands.get(i), data);
            if (truth(apply(operands.get(i), data))) return apply(operands.get(i + 1), data);
        }
        return null;
    }

    private static @Nullable Object chain(List<JsonNode> operands, boolean end, @Nullable Object data) {
        @Nullable Object last = null;
        for (var each : operands) {
            last = apply(each, data);
            if (truth(last) == end) return last;
        }
        return last;
    }

    private static @Nullable Object loop(String operator, List<JsonNode> operands, @Nullable Object data) {
        var list = apply(operands.get(0), data);
        List<?> items = list instanceof List<?> some ? some : List.of();
        var body = operands.get(1);
        if (operator.equals("reduce")) {
            var result = operands.size() > 2 ? apply(operands.get(2), data) : null;
            for (var item : items) {
                var step = new HashMap<String, @Nullable Object>();
                step.put("accumulator", result);
                step.put("current", item);
                result = apply(body, step);
            }
            return result;
        }
        var made = new ArrayList<@Nullable Object>();
        var kept = new ArrayList<@Nullable Object>();
        for (var item : items) {
            made.add(apply(body, item));
            if (truth(apply(body, item))) kept.add(item);
        }
        return switch (operator) {
            case "map" -> made;
            case "filter" -> kept;
            case "all" -> !items.isEmpty() && kept.size() == items.size();
            case "some" -> !kept.isEmpty();
            default -> kept.isEmpty();
        };
    }

    private static @Nullable Object eagerly(String operator, List<@Nullable Object> values, @Nullable Object data) {
        var first = values.isEmpty() ? null : values.get(0);
        var second = values.size() < 2 ? null : values.get(1);
        var third = values.size() < 3 ? null : values.get(2);
        return switch (operator) {
            case "var" -> var(first, second, data);
            case "missing" -> missing(first instanceof List<?> names ? names : values, data);
            case "missing_some" -> {
                var names = second instanceof List<?> list ? list : List.of();
                var missing = missing(names, data);
                yield names.size() - missing.size() >= numeric(first) ? List.of() : missing;
            }
            case "!" -> !truth(first);
            case "!!" -> truth(first);
            case "==" -> equal(first, second);
            case "!=" -> !equal(first, second);
            case "===" -> same(first, second);
            case "!==" -> !same(first, second);
            case "<" -> order(first, second) == -1 && (values.size() < 3 || order(second, third) == -1);
            case "<=" -> atMost(first, second) && (values.size() < 3 || atMost(second, third));
            case ">" -> order(second, first) == -1;
            case ">=" -> atMost(second, first);
            case "in" -> in(first, second);
            case "merge" -> merge(values);
            case "cat" -> words(values, "");
            case "substr" -> substr(word(first), numeric(second), values.size() < 3 ? null : (Double) numeric(third));
            default -> operator.equals("*") && values.size() == 1 ? first : (Object) arithmetic(operator, values);
        };
    }

    private static double arithmetic(String operator, List<@Nullable Object> values) {
        var one = values.isEmpty() ? 0 : numeric(values.get(0));
        var other = values.size() < 2 ? 0 : numeric(values.get(1));
        return switch (operator) {
            case "+" ->
                values.stream().mapToDouble(ReferenceInterpreter::parsed).sum();
            case "*" ->
                values.stream().mapToDouble(ReferenceInterpreter::parsed).reduce(1, (a, b) -> a * b);
            case "-" -> values.size() == 1 ? -one : one - other;
            case "/" -> one / other;
            case "%" -> one % other;
            case "min" ->
                values.stream().mapToDouble(ReferenceInterpreter::numeric).min().orElseThrow();
            case "max" ->
                values.stream().mapToDouble(ReferenceInterpreter::numeric).max().orElseThrow();
            default -> throw new AssertionError(operator);
        };
    }

    private static @Nullable Object var(@Nullable Object name, @Nullable Object otherwise, @Nullable Object data) {
        if (name == null || name.equals("")) return data;
        var at = data;
        for (var part : word(name).split("\\.", -1)) {
            if (at instanceof Map<?, ?> object && object.containsKey(part)) at = object.get(part);
            else if (at instanceof List<?> list && part.equals("length")) at = (double) list.size();
            else if (at instanceof String text && part.equals("length")) at = (double) text.length();
            else if (at instanceof List<?> list && part.matches("\\d") && part.charAt(0) - '0' < list.size())
                at = list.get(part.charAt(0) - '0');
            else if (at instanceof String text && part.matches("\\d") && part.charAt(0) - '0' < text.length())
                at = String.valueOf(text.charAt(part.charAt(0) - '0'));
            else return otherwise;
        }
        return at;
    }

    private static List<?> missing(List<?> names, @Nullable Object data) {
        var missing = new ArrayList<@Nullable Object>();
        for (var name : names) {
            var value = var(name, null, data);
            if (value == null || value.equals("")) missing.add(name);
        }
        return missing;
    }

    private static boolean in(@Nullable Object sought, @Nullable Object whole) {
        if (whole instanceof String text) return !text.isEmpty() && text.contains(word(sought));
        return whole instanceof List<?> list && list.stream().anyMatch(item -> same(item, sought));
    }

    private static List<?> merge(List<@Nullable Object> values) {
        var merged = new ArrayList<@Nullable Object>();
        for (var value : values) {
            if (value instanceof List<?> list) merged.addAll(list);
            else merged.add(value);
        }
        return merged;
    }

    private static String substr(String text, double start, @Nullable Double length) {
        var result = new StringBuilder();
        var from = (int) start < 0 ? Math.max(0, text.length() + (int) start) : (int) start;
        for (var i = from; i < text.length(); i++) {
            var isIn = length == null
                    || (length < 0 ? i < text.length() + length.intValue() : i - from < length.intValue());
            if (isIn) result.append(text.charAt(i));
        }
        return result.toString();
    }

    static boolean truth(@Nullable Object value) {
        return !(value == null
                || value.equals(false)
                || value.equals("")
                || value.equals(List.of())
                || (value instanceof Double number && (number == 0 || number.isNaN())));
    }

    private static boolean isPlain(@Nullable Object value) {
        return !(value instanceof List || value instanceof Map);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (!isPlain(one) || !isPlain(other)) return one == other;
        if (one instanceof Double a && other instanceof Double b) return a.doubleValue() == b.doubleValue();
        return one == null ? other == null : one.equals(other);
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) return one == null && other == null;
        if (!isPlain(one) && !isPlain(other)) return one == other;
        var a = isPlain(one) ? one : word(one);
        var b = isPlain(other) ? other : word(other);
        return (a instanceof String && b instanceof String) ? a.equals(b) : numeric(a) == numeric(b);
    }

    /** -1: less; 0: equal; 1: greater; 2: not to be compared. */
    private static int order(@Nullable Object one, @Nullable Object other) {
        var a = isPlain(one) ? one : word(one);
        var b = isPlain(other) ? other : word(other);
        if (a instanceof String left && b instanceof String right) return Integer.signum(left.compareTo(right));
        var left = numeric(a);
        var right = numeric(b);
        if (Double.isNaN(left) || Double.isNaN(right)) return 2;
        return Double.compare(left + 0.0, right + 0.0);
    }

    private static boolean atMost(@Nullable Object one, @Nullable Object other) {
        return order(one, other) <= 0;
    }

    private static double numeric(@Nullable Object value) {
        if (value == null) return 0;
        if (value instanceof Boolean truth) return truth ? 1 : 0;
        if (value instanceof Double number) return number;
        var text = word(value).trim();
        try {
            return text.isEmpty() ? 0 : new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            return text.matches("-?Infinity") ? Double.parseDouble(text) : Double.NaN;
        }
    }

    private static double parsed(@Nullable Object value) {
        if (value instanceof Double number) return number;
        var text = word(value).trim();
        for (var to = text.length(); to > 0; to--) {
            var number = numeric(text.substring(0, to));
            if (!Double.isNaN(number)) return number;
        }
        return Double.NaN;
    }

    private static String words(List<?> values, String between) {
        return String.join(
                between,
                values.stream().map(each -> each == null ? "" : word(each)).toList());
    }

    private static String word(@Nullable Object value) {
        if (value instanceof List<?> list) return words(list, ",");
        if (value instanceof Map) return "[object Object]";
        if (value instanceof Double number && number == Math.rint(number) && !number.isInfinite())
            return new BigDecimal(number).toPlainString().replaceAll("\\.0*$", "");
        return String.valueOf(value);
    }
}
