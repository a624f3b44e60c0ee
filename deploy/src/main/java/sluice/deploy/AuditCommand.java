package sluice.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.runtime.NodeSettings;
import sluice.runtime.audit.AuditVerification;
import sluice.runtime.seal.SigningKeys;
import sluice.schemas.topic.Topic;

/** {@code ./sluice audit}: whether the log is as it was when it was sealed (docs/audit.md). Changes nothing anywhere. */
final class AuditCommand {
    private static final String NAME = "audit";

    private AuditCommand() {}

    /**
     * Runs the command.
     *
     * @param told those of the command line, after the command: {@code verify}, or {@code key}
     * @throws CommandFailedException if it can't be carried out, or the log is not as it was
     */
    static void run(NodeSettings settings, List<String> told) throws IOException, InterruptedException {
        var what = told.isEmpty() ? "" : told.get(0);
        var rest = told.isEmpty() ? told : told.subList(1, told.size());
        switch (what) {
            case "verify" ->
                verify(LogAccess.of(settings), Arguments.of("audit verify", rest, Set.of("--public-key"), Set.of()));
            case "key" -> keys(LogAccess.of(settings)).forEach(System.out::println);
            default -> throw CommandFailedException.asked("audit: expected verify or key, was '%s'.".formatted(what));
        }
    }

    private static List<String> keys(LogAccess log) throws IOException {
        if (!log.hasKeyset()) {
            throw new CommandFailedException(
                    "There is no keyset in %s: set SLUICE_DATA_DIR as the installation has it, or give --public-key."
                            .formatted(log.settings().dataDirectory()));
        }
        return SigningKeys.open(log.settings().dataDirectory()).publicKeys();
    }

    private static void verify(LogAccess log, Arguments arguments) throws IOException {
        var publicKey = arguments.text("--public-key");
        var keys = publicKey.isPresent() ? List.of(publicKey.get().toLowerCase(Locale.ROOT)) : keys(log);
        log.require(NAME, topics -> {
            var all = new ArrayList<Topic<?>>(topics.sealed());
            all.add(topics.audit);
            return all;
        });
        var progress = new ReadProgress();
        var report = new AuditVerification(log.topics(), log.kafka(), keys, Topic::name).run(progress);
        print(report);
        progress.finished(report.isSound() ? "nothing has changed" : "THE LOG HAS CHANGED");
        if (!report.isSound()) throw new CommandFailedException("The log is not as it was when it was sealed.");
    }

    private static void print(AuditVerification.Report report) {
        for (var each : report.partitions()) {
            var result = each.result();
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %3d  %,12d verified %,10d not sealed yet %,10d before the first checkpoint  %s%n",
                    each.topic(),
                    each.partition(),
                    result.verified(),
                    result.unsealed(),
                    result.unverifiable(),
                    each.head()
                            .map(head -> "head %d %s".formatted(head.to(), head.hash()))
                            .orElse("no checkpoint"));
            result.findings()
                    .forEach(found -> System.out.printf(
                            Locale.ROOT, "  %s, offsets %d to %d%n", found.what(), found.from(), found.to()));
        }
        if (report.unsigned() > 0)
            System.out.printf(Locale.ROOT, "%,d checkpoints are signed by none of the keys%n", report.unsigned());
        System.out.flush();
    }
}
