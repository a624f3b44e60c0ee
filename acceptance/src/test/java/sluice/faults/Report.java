package sluice.faults;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import sluice.faults.history.Violation.Promise;

/** What runs gave, as the tables of docs/reliability.md. */
record Report(List<Run> runs) {
    /** Between these lines a page is the report's. */
    static final String BEGIN = "<!-- from here: ./sluice faults --report -->";

    static final String END = "<!-- to here -->";

    /** A fault, in the run that it was done in. */
    private record Done(Run run, Fault fault) {}

    Report {
        runs = List.copyOf(runs);
    }

    boolean isGood() {
        return runs.stream().allMatch(Run::isGood);
    }

    /** Writes it: between its lines, where the file has them; else as the whole of the file. */
    void writeTo(Path file) throws IOException {
        var page = Files.exists(file) ? Files.readString(file) : "";
        var begin = page.indexOf(BEGIN);
        var end = page.indexOf(END);
        var isPage = begin >= 0 && end > begin;
        Files.writeString(
                file,
                isPage ? page.substring(0, begin) + BEGIN + "\n\n" + text() + "\n" + page.substring(end) : text());
    }

    /** In Markdown. */
    String text() {
        return figures() + "\n" + promises() + "\n" + faults();
    }

    private String figures() {
        return table(
                "figure",
                List.of(
                        row("seed", run -> String.valueOf(run.seed())),
                        row("seconds", run -> String.valueOf(run.lasted().toSeconds())),
                        row("load of the machine before", run -> seconds(run.load())),
                        row("requests", run -> String.valueOf(run.history().size())),
                        row("acknowledged", run -> String.valueOf(run.acknowledged())),
                        row("refused (503, 429, wrong input on purpose)", run -> String.valueOf(run.refused())),
                        row("unanswered, and sent again", run -> String.valueOf(run.unanswered())),
                        row("users' actions", run -> String.valueOf(run.actions())),
                        row("faults", run -> String.valueOf(run.faults().size())),
                        row(
                                "requests that failed while a service was upgraded",
                                run -> String.valueOf(run.failedOfUpgrades())),
                        row(
                                "records told again on outcome topics (at least once)",
                                run -> String.valueOf(run.repeated())),
                        row(
                                "decisions replayed into empty state",
                                run -> String.valueOf(run.log().replay().compared()))));
    }

    private String promises() {
        var rows = new ArrayList<String>();
        for (var promise : Promise.values()) {
            rows.add(row(promise + ": " + promise.meaning(), run -> String.valueOf(run.broken(promise))));
        }
        return table("promise, and how often it was broken", rows);
    }

    private String table(String title, List<String> rows) {
        return "| " + title + " |" + " |".repeat(runs.size()) + "\n|---|" + "---|".repeat(runs.size()) + "\n"
                + String.join("", rows);
    }

    private String row(String name, Function<Run, String> value) {
        return "| " + name + " | " + runs.stream().map(value).collect(joining(" | ")) + " |\n";
    }

    private String faults() {
        var lines = new StringBuilder("| fault | times | lasted at most, s | longest wait for a decision, s |"
                + " for a look-up, s | requests that failed |\n|---|---|---|---|---|---|\n");
        byName().forEach((name, done) -> lines.append("| %s | %d | %s | %s | %s | %d |\n"
                .formatted(
                        name,
                        done.size(),
                        most(done, each -> each.fault().lasted().toMillis() / 1e3),
                        most(done, each -> each.run().longestDecision(each.fault())),
                        most(done, each -> each.run().longestLookUp(each.fault())),
                        done.stream()
                                .mapToLong(each -> each.run().failed(each.fault()))
                                .sum())));
        return lines.toString();
    }

    private TreeMap<String, List<Done>> byName() {
        var byName = new TreeMap<String, List<Done>>();
        for (var run : runs) {
            for (var fault : run.faults()) {
                byName.computeIfAbsent(fault.name(), none -> new ArrayList<>()).add(new Done(run, fault));
            }
        }
        return byName;
    }

    private static String most(List<Done> done, ToDoubleFunction<Done> seconds) {
        return seconds(done.stream().mapToDouble(seconds).max().orElse(0));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
