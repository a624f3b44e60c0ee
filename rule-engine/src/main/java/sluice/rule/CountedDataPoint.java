package sluice.rule;

import java.util.Arrays;
import java.util.List;

/**
 * A count over a window that every tenant has.
 *
 * @param label what rules call it, put together once
 */
public record CountedDataPoint(String label, Counted counted, Span span) implements Variable {
    /** What is counted. docs/rules.md holds this table, and a test that it does. */
    public enum Counted {
        ACTIONS("action.count", "Actions of this code that the user came to, this one included."),
        ATTEMPTS("user.attempts", "Answers to challenges of the user that were looked at, right or wrong."),
        FAILED_CHALLENGES(
                "user.failedChallenges",
                "Challenges of the user that ended in failure: too many wrong answers, or the user was locked out.");

        private final String label;
        private final String meaning;

        Counted(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }

        /** As a row of the documentation's table. */
        String row() {
            return "| `%s.<window>` | number | %s | the log | never |".formatted(label, meaning);
        }
    }

    /** Every count over every window. */
    public static List<CountedDataPoint> all() {
        return Arrays.stream(Counted.values())
                .flatMap(counted -> Arrays.stream(Span.values())
                        .map(span -> new CountedDataPoint(counted.label + "." + span.label(), counted, span)))
                .toList();
    }

    @Override
    public ValueType type() {
        return ValueType.NUMBER;
    }
}
