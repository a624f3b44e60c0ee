package sluice.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * {@code ./sluice faults [--minutes N] [--seed N] [--runs N] [--report FILE] [--from FOLDER] [--clocks] [--only KINDS]}.
 */
public final class Faults {
    private static final int SHOWN = 20;
    private static final long DEFAULT_MINUTES = 3;

    private Faults() {}

    public static void main(String[] arguments) throws Exception {
        var options = List.of(arguments);
        var seed = number(options, "--seed", new Random().nextInt(1_000_000));
        var runs = new ArrayList<Run>();
        for (var each = seed; each < seed + number(options, "--runs", 1); each++) runs.add(run(options, each));
        var report = new Report(runs);
        System.out.println(report.text());
        var file = option(options, "--report", "");
        if (!file.isEmpty()) report.writeTo(Path.of(file));
        System.exit(report.isGood() ? 0 : 1);
    }

    private static Run run(List<String> options, long seed) throws Exception {
        var minutes = number(options, "--minutes", DEFAULT_MINUTES);
        var from = Optional.of(option(options, "--from", ""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
        var kinds = Arrays.stream(option(options, "--only", "").split(","))
                .filter(kind -> !kind.isEmpty())
                .toList();
        var folder = Files.createTempDirectory("sluice-faults-" + seed + "-");
        var run = new FaultRun(folder, seed, Duration.ofMinutes(minutes), from.map(Build::new), shifted(options), kinds)
                .run();
        run.violations().stream().limit(SHOWN).forEach(System.out::println);
        if (!run.isGood()) {
            System.out.printf(
                    "%d violations, %d requests failed of upgrades; seed %d, output in %s%n",
                    run.violations().size(), run.failedOfUpgrades(), seed, folder);
        }
        return run;
    }

    private static Optional<ShiftedClock> shifted(List<String> options) throws IOException {
        if (!options.contains("--clocks")) return Optional.empty();
        var shifted = ShiftedClock.onThisMachine();
        if (shifted.isEmpty()) System.err.println("faults: clocks stay right, libfaketime is not on this machine");
        return shifted;
    }

    private static long number(List<String> options, String name, long fallback) {
        return Long.parseLong(option(options, name, String.valueOf(fallback)));
    }

    private static String option(List<String> options, String name, String fallback) {
        var place = options.indexOf(name);
        return place < 0 || place + 1 == options.size() ? fallback : options.get(place + 1);
    }
}
