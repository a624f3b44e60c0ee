package sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.rules.backtest.Backtest;
import sluice.rules.backtest.Plan;
import sluice.rules.backtest.ReportJson;
import sluice.rules.backtest.domain.Period;
import sluice.rules.backtest.domain.Report;
import sluice.rules.backtest.domain.TooManyUsersException;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.seal.Sealing;
import sluice.schemas.topic.Topics;
import sluice.track.TrackSettings;
import sluice.track.http.RefusedException;
import sluice.track.http.management.CandidateRules;

/** {@code ./sluice backtest}: what other rules would have decided (docs/backtest.md). Changes nothing anywhere. */
public final class BacktestCommand {
    private final NodeSettings settings;
    private final TrackSettings track;
    private final BacktestOptions options;

    private BacktestCommand(NodeSettings settings, TrackSettings track, BacktestOptions options) {
        this.settings = settings;
        this.track = track;
        this.options = options;
    }

    /**
     * Runs the command and prints its report.
     *
     * @param arguments those of the command line, after the command
     * @throws CommandFailedException if it can't be carried out
     * @throws IOException if a file can't be read or written
     */
    public static void run(NodeSettings settings, TrackSettings track, List<String> arguments)
            throws IOException, InterruptedException {
        new BacktestCommand(settings, track, BacktestOptions.of(arguments)).run();
    }

    private void run() throws IOException, InterruptedException {
        var file = candidateFile();
        var now =
                Instant.now(); // before the configuration is read: every event until now names a version that is there
        var log = LogAccess.of(settings);
        var topics = log.topics();
        log.require(
                "backtest",
                all -> List.of(
                        all.configuration,
                        all.epochKeys,
                        all.trackEvents,
                        all.verifyEvents,
                        all.userCommands,
                        all.decisions));
        var configuration = log.configuration();
        var sealing = log.sealing(configuration.newest());
        var tenantId = log.tenantId("backtest", options.tenantId(), track, configuration.newest());
        var candidate = candidate(file, configuration.newest(), tenantId);
        var period = new Period(
                options.from(), Optional.of(options.to().filter(now::isAfter).orElse(now)));
        var plan = new Plan(
                tenantId,
                candidate,
                period,
                options.passes(),
                Plan.usersMax(Runtime.getRuntime().maxMemory()),
                options.samplesMax(),
                options.showsValues());
        var progress = new BacktestProgress(plan.passes() * topics.partitions());
        var report = report(log.kafka(), topics, sealing, configuration, plan, progress);
        progress.finished(report);
        System.out.print(new BacktestText(report, plan, configuration.newest()).text());
        System.out.flush();
        if (options.json().isPresent()) {
            write(options.json().get(), new ReportJson(report, plan).text() + "\n");
        }
    }

    private byte[] candidateFile() throws IOException {
        try {
            return Files.readAllBytes(options.rules());
        } catch (NoSuchFileException e) {
            throw CommandFailedException.asked("backtest: there is no file " + options.rules() + ".");
        }
    }

    private Map<String, Map<String, Setting.Rule>> candidate(
            byte[] file, ConfigurationView configuration, String tenantId) {
        try {
            return CandidateRules.read(file, configuration.vocabulary(tenantId));
        } catch (RefusedException e) {
            throw CommandFailedException.asked("backtest: " + options.rules().getFileName() + ": " + e.getMessage());
        }
    }

    private static Report report(
            KafkaProperties kafka,
            Topics topics,
            Sealing sealing,
            ConfigurationSource configuration,
            Plan plan,
            BacktestProgress progress) {
        try {
            return new Backtest(topics, kafka, sealing, configuration).run(plan, progress);
        } catch (TooManyUsersException e) {
            throw new CommandFailedException(
                    "A partition has more users than there is memory for (%d): set --passes to %d or more, or SLUICE_HEAP."
                            .formatted(plan.usersMax(), plan.passes() * 2));
        }
    }

    private static void write(Path file, String json) throws IOException {
        try {
            Files.writeString(file, json);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("The report can't be written: there is no folder for " + file + ".");
        }
    }
}
