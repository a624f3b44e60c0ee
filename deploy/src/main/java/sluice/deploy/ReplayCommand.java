package sluice.deploy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import sluice.deploy.replay.Moment;
import sluice.deploy.replay.OutcomeRecord;
import sluice.deploy.replay.RecordedOutcomes;
import sluice.deploy.replay.ReplayJson;
import sluice.deploy.replay.ReplayText;
import sluice.deploy.replay.UserJson;
import sluice.rules.kafka.Opening;
import sluice.rules.replay.UserReplay;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.id.UserKey;
import sluice.track.TrackSettings;
import sluice.track.http.json.Json;

/** {@code ./sluice replay}: a user as of a moment (docs/replay.md). Changes nothing anywhere. */
final class ReplayCommand {
    private static final String NAME = "replay";

    private final LogAccess log;
    private final Arguments arguments;
    private final ReadProgress progress = new ReadProgress();

    private ReplayCommand(LogAccess log, Arguments arguments) {
        this.log = log;
        this.arguments = arguments;
    }

    /**
     * Runs the command and prints what it finds.
     *
     * @param told those of the command line, after the command
     * @throws CommandFailedException if it can't be carried out
     */
    static void run(NodeSettings settings, TrackSettings track, List<String> told)
            throws IOException, InterruptedException {
        var arguments = Arguments.of(NAME, told, Set.of("--until", "--user", "--tenant"), Set.of("--json"));
        new ReplayCommand(LogAccess.of(settings), arguments).run(track);
    }

    private void run(TrackSettings track) throws IOException, InterruptedException {
        var userId = arguments.required("--user");
        if (!UserKey.isText(userId)) throw arguments.refused("--user: no user has such an id.");
        var now =
                Instant.now(); // before the configuration is read: every event until now names a version that is there
        var until = arguments.time("--until").filter(now::isAfter).orElse(now);
        log.require(
                NAME,
                all -> List.of(
                        all.configuration,
                        all.epochKeys,
                        all.trackEvents,
                        all.verifyEvents,
                        all.userCommands,
                        all.decisions,
                        all.verifications,
                        all.userChanges,
                        all.challengeTransitions));
        var configuration = log.configuration();
        var tenantId = log.tenantId(NAME, arguments.text("--tenant"), track, configuration.newest());
        var recorded = RecordedOutcomes.of(UserKey.of(tenantId, userId), until, log.topics(), log.kafka(), progress);
        if (log.hasKeyset()) {
            var sealing = log.sealing(configuration.newest());
            var moment = rebuilt(tenantId, userId, until, sealing, configuration, recorded);
            print(new ReplayJson(moment, configuration, new UserJson(Opening.contacts(sealing))));
        } else {
            var moment = Moment.recorded(tenantId, userId, until, recorded);
            print(new ReplayJson(moment, configuration, new UserJson((tenant, user, id, contact) -> "sealed")));
        }
    }

    private Moment rebuilt(
            String tenantId,
            String userId,
            Instant until,
            Sealing sealing,
            ConfigurationSource configuration,
            List<OutcomeRecord> recorded) {
        var replay = new UserReplay(log.topics(), log.kafka(), sealing, configuration);
        return Moment.rebuilt(tenantId, userId, until, replay.run(tenantId, userId, until, progress), recorded);
    }

    private void print(ReplayJson replay) {
        progress.finished(
                "replayed %d events".formatted(replay.moment().events().size()));
        var tree = replay.tree();
        System.out.print(arguments.has("--json") ? Json.text(tree) + System.lineSeparator() : ReplayText.of(tree));
        System.out.flush();
    }
}
