package sluice.deploy;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import sluice.track.http.management.CandidateRules;

/** What {@code ./sluice backtest} is told on its command line (docs/backtest.md). */
final class BacktestOptions {
    private static final int SAMPLES_DEFAULT = 3;
    private static final int SAMPLES_LIMIT = 1000;
    private static final int PASSES_LIMIT = 1000;

    private Path folder = Path.of("");
    private Optional<Path> rules = Optional.empty();
    private Optional<Path> json = Optional.empty();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();
    private Optional<String> tenantId = Optional.empty();
    private int samplesMax = SAMPLES_DEFAULT;
    private int passes = 1;
    private boolean showValues;

    private BacktestOptions() {}

    /**
     * Reads the arguments.
     *
     * @throws CommandFailedException if one is wrong or missing
     */
    static BacktestOptions of(List<String> arguments) {
        var options = new BacktestOptions();
        for (var left = arguments.iterator(); left.hasNext(); ) options.take(left.next(), left);
        if (options.rules.isEmpty()) throw CommandFailedException.asked("backtest: --rules FILE is missing.");
        if (options.to.isPresent()
                && options.from.isPresent()
                && !options.from.get().isBefore(options.to.get())) {
            throw CommandFailedException.asked("backtest: --from must be earlier than --to.");
        }
        return options;
    }

    private void take(String option, Iterator<String> left) {
        switch (option) {
            case "--folder" -> folder = Path.of(value(option, left));
            case "--rules" -> rules = Optional.of(Path.of(value(option, left)));
            case "--json" -> json = Optional.of(Path.of(value(option, left)));
            case "--from" -> from = Optional.of(time(option, value(option, left)));
            case "--to" -> to = Optional.of(time(option, value(option, left)));
            case "--tenant" -> tenantId = Optional.of(value(option, left));
            case "--samples" -> samplesMax = number(option, value(option, left), 0, SAMPLES_LIMIT);
            case "--passes" -> passes = number(option, value(option, left), 1, PASSES_LIMIT);
            case "--show-values" -> showValues = true;
            default ->
                throw CommandFailedException.asked(
                        "backtest: unknown option '%s'. There are --rules FILE, --from TIME,".formatted(option)
                                + " --to TIME, --json FILE, --samples N, --show-values, --tenant ID, --passes N.");
        }
    }

    private static String value(String option, Iterator<String> left) {
        if (!left.hasNext()) throw CommandFailedException.asked("backtest: " + option + " needs a value.");
        return left.next();
    }

    private static Instant time(String option, String text) {
        try {
            return CandidateRules.time(text);
        } catch (DateTimeException e) {
            throw CommandFailedException.asked(
                    "backtest: %s: expected a day (UTC) or a time with its offset, such as 2026-01-31 or 2026-01-31T13:45:00Z, was '%s'."
                            .formatted(option, text));
        }
    }

    private static int number(String option, String text, int min, int max) {
        try {
            var number = Integer.parseInt(text);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // told below
        }
        throw CommandFailedException.asked(
                "backtest: %s: expected a whole number, %d to %d, was '%s'.".formatted(option, min, max, text));
    }

    /** The candidate's file. */
    Path rules() {
        return folder.resolve(rules.orElseThrow());
    }

    /** Where the report goes as JSON. */
    Optional<Path> json() {
        return json.map(folder::resolve);
    }

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return to;
    }

    /** Empty: the local tenant. */
    Optional<String> tenantId() {
        return tenantId;
    }

    int samplesMax() {
        return samplesMax;
    }

    int passes() {
        return passes;
    }

    /** Whether samples tell what rules saw, which is personal data. */
    boolean showsValues() {
        return showValues;
    }
}
