package sluice.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values turn into others, and compare: JavaScript's rules (ECMA-262 section 7), which the public implementation of
 * JSON Logic inherits, but for an empty list, which is false there.
 */
final class Coercion {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]([0-9a-fA-F]{1,15})");
    private static final Pattern INFINITY = Pattern.compile("([+-]?)Infinity");
    private static final String SPACE = " \t\n\u000B\f\r\u00A0\uFEFF";
    private static final double WHOLE_MAX = 1e15;
    private static final int DIGITS_MAX = 17;
    private static final int POINT_MAX = 21;
    private static final int POINT_MIN = -6;

    private Coercion() {}

    static boolean truthy(@Nullable Object value) {
        if (value == null) return false;
        if (value instanceof Boolean truth) return truth;
        if (value instanceof Double number) return number != 0 && !number.isNaN();
        if (value instanceof String text) return !text.isEmpty();
        return !(value instanceof List<?> list) || !list.isEmpty();
    }

    /** NaN where it is no number; null is 0. */
    static double number(@Nullable Object value) {
        if (value == null) return 0;
        if (value instanceof Double number) return number;
        if (value instanceof Boolean truth) return truth ? 1 : 0;
        return numberOf(stripped(text(value)));
    }

    private static double numberOf(String text) {
        if (text.isEmpty()) return 0;
        if (DECIMAL.matcher(text).matches()) return Double.parseDouble(text);
        var hexadecimal = HEXADECIMAL.matcher(text);
        if (hexadecimal.matches()) return Long.parseLong(hexadecimal.group(1), 16);
        var infinity = INFINITY.matcher(text);
        return infinity.matches() ? infinite(infinity.group(1)) : Double.NaN;
    }

    /** The number that a value's text begins with; NaN where it begins with none, so also for null and booleans. */
    static double leadingNumber(@Nullable Object value) {
        if (value instanceof Double number) return number;
        var text = stripped(text(value));
        var decimal = DECIMAL.matcher(text);
        if (decimal.lookingAt()) return Double.parseDouble(decimal.group());
        var infinity = INFINITY.matcher(text);
        return infinity.lookingAt() ? infinite(infinity.group(1)) : Double.NaN;
    }

    private static double infinite(String sign) {
        return sign.equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static String stripped(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && isSpace(text.charAt(from))) from++;
        while (to > from && isSpace(text.charAt(to - 1))) to--;
        return text.substring(from, to);
    }

    private static boolean isSpace(char symbol) {
        return SPACE.indexOf(symbol) >= 0 || Character.isSpaceChar(symbol);
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text) return text;
        if (value instanceof Double number) return text(number.doubleValue());
        if (value instanceof List<?> list) return joined(list, ",");
        if (value instanceof Map) return "[object Object]";
        return String.valueOf(value);
    }

    /** The texts of values in a row; null leaves nothing. */
    static String joined(List<?> values, String between) {
        return values.stream().map(each -> each == null ? "" : text(each)).collect(Collectors.joining(between));
    }

    /** The shortest digits that read back as the number, whatever the Java version. */
    private static String text(double number) {
        if (number == Math.rint(number) && Math.abs(number) < WHOLE_MAX) return Long.toString((long) number);
        if (Double.isNaN(number)) return "NaN";
        if (Double.isInfinite(number)) return number < 0 ? "-Infinity" : "Infinity";
        var shortest = new BigDecimal(number);
        for (var digits = 1; digits <= DIGITS_MAX; digits++) {
            shortest = new BigDecimal(number).round(new MathContext(digits));
            if (shortest.doubleValue() == number) break;
        }
        return spelt(shortest.stripTrailingZeros());
    }

    private static String spelt(BigDecimal number) {
        var point = number.precision() - number.scale();
        if (point > POINT_MIN && point <= POINT_MAX) return number.toPlainString();
        var digits = number.unscaledValue().abs().toString();
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        var exponent = (point > 0 ? "e+" : "e") + (point - 1);
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + exponent;
    }

    static boolean strictlyEqual(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Double one && right instanceof Double other)
            return one.doubleValue() == other.doubleValue();
        if (left instanceof List || left instanceof Map) return left == right;
        return left == null ? right == null : left.equals(right);
    }

    static boolean looselyEqual(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) return left == right;
        if (left.getClass() == right.getClass() || (isObject(left) && isObject(right)))
            return strictlyEqual(left, right);
        if (isObject(left)) return looselyEqual(text(left), right);
        if (isObject(right)) return looselyEqual(left, text(right));
        return number(left) == number(right);
    }

    private static boolean isObject(Object value) {
        return value instanceof List || value instanceof Map;
    }

    /** Texts compare by their UTF-16 units, all else as numbers; with one that is no number nothing holds. */
    static boolean less(@Nullable Object left, @Nullable Object right) {
        var one = primitive(left);
        var other = primitive(right);
        if (one instanceof String text && other instanceof String otherText) return text.compareTo(otherText) < 0;
        return number(one) < number(other);
    }

    static boolean lessOrEqual(@Nullable Object left, @Nullable Object right) {
        var one = primitive(left);
        var other = primitive(right);
        if (one instanceof String text && other instanceof String otherText) return text.compareTo(otherText) <= 0;
        return number(one) <= number(other);
    }

    private static @Nullable Object primitive(@Nullable Object value) {
        return value != null && isObject(value) ? text(value) : value;
    }
}
