package sluice.deploy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.track.http.management.CandidateRules;

/** What a command is told after its name: options with a value, and options without. */
public final class Arguments {
    private final String command;
    private final Map<String, String> told = new HashMap<>();

    private Arguments(String command) {
        this.command = command;
    }

    /**
     * Reads them.
     *
     * @param valued options that need a value
     * @param bare options that have none
     * @throws CommandFailedException if there is another, or a value is missing
     */
    public static Arguments of(String command, List<String> arguments, Set<String> valued, Set<String> bare) {
        var read = new Arguments(command);
        for (var left = arguments.iterator(); left.hasNext(); ) {
            var option = left.next();
            if (bare.contains(option)) {
                read.told.put(option, "");
            } else if (!valued.contains(option)) {
                throw read.refused("unknown option '%s'. There are %s.".formatted(option, all(valued, bare)));
            } else if (!left.hasNext()) {
                throw read.refused(option + " needs a value.");
            } else {
                read.told.put(option, left.next());
            }
        }
        return read;
    }

    private static String all(Set<String> valued, Set<String> bare) {
        var names = new TreeSet<>(valued);
        names.addAll(bare);
        return String.join(", ", names);
    }

    public boolean has(String option) {
        return told.containsKey(option);
    }

    public Optional<String> text(String option) {
        return Optional.ofNullable(told.get(option));
    }

    /** @throws CommandFailedException if it is missing */
    public String required(String option) {
        return text(option).orElseThrow(() -> refused(option + " is missing."));
    }

    /** @throws CommandFailedException if it is no time */
    public Optional<Instant> time(String option) {
        return text(option).map(text -> time(option, text));
    }

    private Instant time(String option, String text) {
        try {
            return CandidateRules.time(text);
        } catch (DateTimeParseException e) {
            throw refused(
                    "%s: expected a day (UTC) or a time with its offset, such as 2026-01-31 or 2026-01-31T13:45:00Z, was '%s'."
                            .formatted(option, text));
        }
    }

    public CommandFailedException refused(String why) {
        return CommandFailedException.asked(command + ": " + why);
    }
}
