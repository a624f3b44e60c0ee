package sluice.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** {@code ./sluice faults [--minutes N] [--seed N] [--report FILE] [--from FOLDER] [--clocks] [--only KINDS]}. */
public final class Faults {
    private static final int SHOWN = 20;
    private static final long DEFAULT_MINUTES = 3;

    private Faults() {}

    public static void main(String[] arguments) throws Exception {
        var options = List.of(arguments);
        var seed = Long.parseLong(option(options, "--seed", String.valueOf(new Random().nextInt(1_000_000))));
        var minutes = Long.parseLong(option(options, "--minutes", String.valueOf(DEFAULT_MINUTES)));
        var from = Optional.of(option(options, "--from", ""))
                .filter(text -> !text.isEmpty())
                .map(Path::of);
        var kinds = Arrays.stream(option(options, "--only", "").split(","))
                .filter(kind -> !kind.isEmpty())
                .toList();
        var folder = Files.createTempDirectory("sluice-faults-" + seed + "-");
        var report = new FaultRun(
                        folder, seed, Duration.ofMinutes(minutes), from.map(Build::new), shifted(options), kinds)
                .run();
        System.out.println(report.text());
        report.violations().stream().limit(SHOWN).forEach(System.out::println);
        var file = option(options, "--report", "");
        if (!file.isEmpty()) Files.writeString(Path.of(file), report.text());
        if (!report.isGood()) {
            System.out.printf(
                    "%d violations, %d requests failed of upgrades; seed %d, output in %s%n",
                    report.violations().size(), report.failedOfUpgrades(), seed, folder);
            System.exit(1);
        }
        System.exit(0);
    }

    private static Optional<ShiftedClock> shifted(List<String> options) throws IOException {
        if (!options.contains("--clocks")) return Optional.empty();
        var shifted = ShiftedClock.onThisMachine();
        if (shifted.isEmpty()) System.err.println("faults: clocks stay right, libfaketime is not on this machine");
        return shifted;
    }

    private static String option(List<String> options, String name, String fallback) {
        var place = options.indexOf(name);
        return place < 0 || place + 1 == options.size() ? fallback : options.get(place + 1);
    }
}
