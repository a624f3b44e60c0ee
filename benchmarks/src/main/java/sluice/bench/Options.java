package sluice.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How much is measured.
 *
 * @param names of the suites to run, in order
 * @param warmUps rounds before those that count, at most: they end when what runs is compiled
 * @param rounds of each figure; the median counts
 * @param seconds that a round of a load lasts
 * @param users that recovery and growth are measured with
 */
public record Options(List<String> names, int warmUps, int rounds, double seconds, int users) {
    private static final int ROUNDS = 5;
    private static final double SECONDS = 2;
    private static final int USERS = 50_000;
    private static final int WARM_UPS = 12;
    private static final int QUICK_WARM_UPS = 1;
    private static final int QUICK_ROUNDS = 2;
    private static final double QUICK_SECONDS = 1;
    private static final int QUICK_USERS = 5_000;

    public Options {
        names = List.copyOf(names);
    }

    /**
     * Reads the command line: names, and {@code --quick}, {@code --warm-ups N}, {@code --rounds N}, {@code --seconds N}, {@code --users N}.
     *
     * @throws IllegalArgumentException if it can't be understood
     */
    public static Options of(List<String> arguments) {
        var names = new ArrayList<String>();
        var isQuick = arguments.contains("--quick");
        var warmUps = isQuick ? QUICK_WARM_UPS : WARM_UPS;
        var rounds = isQuick ? QUICK_ROUNDS : ROUNDS;
        var seconds = isQuick ? QUICK_SECONDS : SECONDS;
        var users = isQuick ? QUICK_USERS : USERS;
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            if (argument.equals("--quick")) continue;
            if (!argument.startsWith("--")) {
                names.add(argument);
                continue;
            }
            var value = rest.hasNext() ? rest.next() : "";
            switch (argument) {
                case "--warm-ups" -> warmUps = positive(argument, value);
                case "--rounds" -> rounds = positive(argument, value);
                case "--seconds" -> seconds = positive(argument, value);
                case "--users" -> users = positive(argument, value);
                default -> throw new IllegalArgumentException("There is no option " + argument);
            }
        }
        return new Options(names, warmUps, rounds, seconds, users);
    }

    private static int positive(String option, String value) {
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(option + " takes a whole number above 0, not '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    /** The same, with other names. */
    Options named(List<String> others) {
        return new Options(others, warmUps, rounds, seconds, users);
    }
}
