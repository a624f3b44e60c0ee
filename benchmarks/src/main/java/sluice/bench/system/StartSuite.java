package sluice.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import sluice.bench.Figure;
import sluice.bench.Options;
import sluice.bench.Suite;
import sluice.bench.process.Folders;
import sluice.bench.process.LocalProcess;
import sluice.bench.profile.Profile;

/** From nothing to ready, from a stop to ready, from lost state to ready; and who goes on when an owner is killed. */
public final class StartSuite implements Suite {
    private static final String LOADED = "browse";
    private static final List<String> CHANGELOGS = List.of(
            "sluice.rules-processor-user-changelog",
            "sluice.rules-processor-lookup-changelog",
            "sluice.challenge-service-action-changelog",
            "sluice.challenge-service-expiry-changelog");
    private static final double SESSION_TIMEOUT_SECONDS = 2;

    private final Options options;
    private final Rounds rounds = new Rounds();

    public StartSuite(Options options) {
        this.options = options;
    }

    @Override
    public List<Figure> run(Progress progress) throws Exception {
        cold(progress);
        kept(progress);
        try (var failover = new Failover(progress)) {
            for (var round = 1; round <= options.rounds(); round++) rounds.add("failover", failover.round(round));
        }
        var users = options.users();
        var limit = rounds.median("bare.rebuild");
        return List.of(
                Figure.limit("start.cold", rounds.median("cold"), "s"),
                Figure.limit("start.restart." + users + "-users", rounds.median("restart"), "s"),
                Figure.limit("start.lost-state." + users + "-users", rounds.median("lost"), "s"),
                Figure.limit("start.bare.rebuild", limit, "records/s"),
                Figure.of("start.rebuild", rounds.median("rebuild"), "records/s", limit),
                Figure.limit("start.bare.failover", SESSION_TIMEOUT_SECONDS, "s"),
                Figure.of("start.failover", rounds.median("failover"), "s", SESSION_TIMEOUT_SECONDS));
    }

    private static Path folder(String name) {
        return Path.of("benchmarks", "target", "run", name);
    }

    private void cold(Progress progress) throws IOException, InterruptedException {
        for (var round = 1; round <= options.rounds(); round++) {
            progress.says("cold start, round " + round + " of " + options.rounds());
            try (var rig = new Rig(folder("cold"))) {
                var up = rig.upWithBroker();
                rounds.add("cold", secondsToReady(up));
                up.end();
            }
        }
    }

    private static double secondsToReady(LocalProcess up) throws IOException, InterruptedException {
        var begun = System.nanoTime();
        up.start();
        return (System.nanoTime() - begun) / 1e9;
    }

    private void kept(Progress progress) throws IOException, InterruptedException {
        try (var rig = new Rig(folder("kept"))) {
            var up = rig.upWithBroker();
            up.start();
            Rules.setUp(rig.sluiceAddress(), LOADED, 0, 0);
            progress.says("loading " + options.users() + " users");
            load(rig);
            for (var round = 1; round <= options.rounds(); round++) {
                progress.says("restart and loss of state, round " + round + " of " + options.rounds());
                up.end();
                rounds.add("restart", secondsToReady(up));
                up.end();
                Folders.delete(rig.data().resolve("state"));
                rounds.add("lost", secondsToReady(up));
                rounds.add("rebuild", Restoration.of(up.printed()).perSecond());
                rounds.add(
                        "bare.rebuild",
                        ChangelogRead.of(rig.bootstrapServers(), CHANGELOGS).perSecond());
            }
            recorded(rig, up, progress);
        }
    }

    private void load(Rig rig) throws InterruptedException {
        var events = new Events(options.users());
        try (var load = new LogLoad(
                rig.bootstrapServers(), events.inTurn(LOADED, Duration.ZERO), "sluice.challenge-transitions")) {
            var step = Math.min(options.users(), 20_000);
            for (var loaded = 0; loaded < options.users(); loaded += step) load.run(step);
        }
    }

    /** One more loss of state, for the recording alone. */
    private static void recorded(Rig rig, LocalProcess up, Progress progress) throws IOException, InterruptedException {
        up.end();
        Folders.delete(rig.data().resolve("state"));
        up.begin();
        up.record();
        up.awaitReady();
        var file = Files.createDirectories(Path.of("benchmarks", "target", "results"))
                .resolve("start-rebuild.jfr");
        up.recorded(file);
        progress.says("profile of a rebuild\n" + Profile.of(file).summary());
    }
}
