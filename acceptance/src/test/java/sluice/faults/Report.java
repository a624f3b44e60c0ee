package sluice.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import sluice.faults.history.Call;
import sluice.faults.history.Log;
import sluice.faults.history.Violation;
import sluice.faults.history.Violation.Promise;

/** What a run gave, as the tables of docs/reliability.md. */
record Report(long seed, Duration lasted, List<Fault> faults, List<Call> history, Log log, List<Violation> violations) {
    /** What was wanted in this time after harm began may have waited for it. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    boolean isGood() {
        return violations.isEmpty() && failedOfUpgrades() == 0;
    }

    /** An upgrade is what an operator does by choice: no request may fail of it. */
    long failedOfUpgrades() {
        var requests = Request.of(history);
        return faults.stream()
                .filter(fault -> fault.kind().equals(Harms.UPGRADE))
                .mapToLong(fault -> failed(fault, requests))
                .sum();
    }

    private static long failed(Fault fault, List<Request> requests) {
        return requests.stream()
                .filter(each -> each.hasFailed() && each.isDuring(fault))
                .count();
    }

    /** In Markdown. */
    String text() {
        var acknowledged = history.stream().filter(Call::isAcknowledged).count();
        var unanswered =
                history.stream().filter(call -> call.answer().isEmpty()).count();
        var lines = new StringBuilder();
        lines.append("| figure | |\n|---|---|\n");
        row(lines, "seed", seed);
        row(lines, "seconds", lasted.toSeconds());
        row(lines, "requests", history.size());
        row(lines, "acknowledged", acknowledged);
        row(lines, "refused (503, 429, wrong input on purpose)", history.size() - acknowledged - unanswered);
        row(lines, "unanswered", unanswered);
        row(
                lines,
                "users' actions",
                history.stream().map(Call::action).distinct().count());
        row(lines, "faults", faults.size());
        row(lines, "records told again on outcome topics (at least once)", repeated());
        row(lines, "decisions replayed into empty state", log.replay().compared());
        lines.append("\n| promise | violations |\n|---|---|\n");
        for (var promise : Promise.values()) {
            row(
                    lines,
                    promise + ": " + promise.meaning(),
                    violations.stream()
                            .filter(each -> each.promise() == promise)
                            .count());
        }
        var requests = Request.of(history);
        lines.append("\n| fault | times | lasted at most, s | longest wait for an answer, s | requests that failed |\n")
                .append("|---|---|---|---|---|\n");
        byName().forEach((name, same) -> lines.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %d |%n",
                name,
                same.size(),
                same.stream()
                                .mapToLong(fault -> fault.lasted().toMillis())
                                .max()
                                .orElse(0)
                        / 1000.0,
                same.stream().mapToDouble(this::longestWait).max().orElse(0),
                same.stream().mapToLong(fault -> failed(fault, requests)).sum())));
        return lines.toString();
    }

    private static void row(StringBuilder lines, String name, long value) {
        lines.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private TreeMap<String, List<Fault>> byName() {
        return faults.stream().collect(groupingBy(Fault::name, TreeMap::new, toList()));
    }

    /** Seconds that any request took to be acknowledged, repeated or not, of those that the fault may have held up. */
    private double longestWait(Fault fault) {
        return history.stream()
                        .filter(Call::isAcknowledged)
                        .filter(call -> call.ended() > fault.begun()
                                && call.wantedSince() < fault.begun() + AFTERMATH.toNanos())
                        .mapToLong(call -> call.ended() - Math.max(fault.begun(), call.wantedSince()))
                        .max()
                        .orElse(0)
                / 1e9;
    }

    private long repeated() {
        return repeated(log.decisions().stream().map(Log.Decided::eventId).toList())
                + repeated(
                        log.verifications().stream().map(Log.Verified::eventId).toList())
                + repeated(
                        log.transitions().stream().map(Log.Transition::eventId).toList());
    }

    private static long repeated(List<String> ids) {
        return ids.size() - ids.stream().distinct().count();
    }
}
