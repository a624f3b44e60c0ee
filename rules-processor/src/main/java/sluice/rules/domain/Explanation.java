package sluice.rules.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.rule.Frame;
import sluice.rule.Reads;
import sluice.rule.Variable;

/**
 * What the rules saw that decided an action. Bounded in size, whatever the values are.
 *
 * @param values data points that any rule has read, each once
 * @param rules every rule that was evaluated, in order
 */
public record Explanation(List<Value> values, List<Judged> rules) {
    static final int VALUES_MAX = 200;
    static final int ITEMS_MAX = 20;
    static final int TEXT_LENGTH_MAX = 256;
    static final int CHARACTERS_MAX = 8192;

    public Explanation {
        values = List.copyOf(values);
        rules = List.copyOf(rules);
    }

    /**
     * A data point with its value.
     *
     * @param value Boolean, Double, String or a List of these; empty where it was not known
     */
    public record Value(String name, Optional<Object> value) {}

    /**
     * A rule that was evaluated.
     *
     * @param isTooCostly whether it was given up
     * @param reads what it read: slots are places in the values
     */
    public record Judged(String ruleId, boolean isMatch, boolean isTooCostly, Reads reads) {
        public Judged {
            reads = reads.below(VALUES_MAX);
        }
    }

    /** Explains by what a frame has; slots are places. */
    static Explanation of(List<Variable> variables, Frame frame, List<Judged> rules) {
        var cutting = new Cutting();
        var values = new ArrayList<Value>();
        for (var slot = 0; slot < Math.min(variables.size(), VALUES_MAX); slot++) {
            var value = frame.isRead(slot) ? Optional.ofNullable(frame.value(slot)) : Optional.empty();
            values.add(new Value(variables.get(slot).label(), value.map(cutting::cut)));
        }
        return new Explanation(values, rules);
    }

    /** Cuts long values, and every text once there have been enough. */
    private static final class Cutting {
        private int left = CHARACTERS_MAX;

        private Object cut(Object value) {
            if (value instanceof List<?> list)
                return list.stream()
                        .limit(ITEMS_MAX)
                        .map(item -> cut((Object) item))
                        .toList();
            if (!(value instanceof String text)) return value;
            var length = Math.min(text.length(), Math.min(TEXT_LENGTH_MAX, left));
            if (length > 0 && length < text.length() && Character.isHighSurrogate(text.charAt(length - 1))) length--;
            left -= length;
            return text.substring(0, length);
        }
    }

    @Override
    public String toString() {
        return "Explanation"; // personal data
    }
}
