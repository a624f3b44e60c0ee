package sluice.bench.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import sluice.bench.Options;
import sluice.bench.Suite.Progress;
import sluice.bench.bare.Sizes;
import sluice.bench.load.Call;
import sluice.bench.load.HttpLoad;
import sluice.bench.process.LocalProcess;
import sluice.bench.profile.Profile;

/** Sluice and the bare system, warmed up, the second with the sizes of the first. */
final class Pair implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final int WARM_UP_CONNECTIONS = 32;
    private static final int USERS = 50_000;
    private static final int RULES = 20;
    private static final int READS = 5;
    private static final int VALIDATED = 500;

    /** Compilers never rest wholly: this much of one core is no more than noise. */
    private static final double SETTLED = 0.1;

    private final String name;
    private final Rig rig;
    private final LocalProcess broker;
    private final LocalProcess sluice;
    private final LocalProcess bare;
    private final Sizes sizes;

    private Pair(String name, Rig rig, Progress progress) throws IOException, InterruptedException {
        this.name = name;
        this.rig = rig;
        progress.says("starting a broker and Sluice");
        this.broker = rig.startBroker();
        this.sluice = rig.startSluice();
        Rules.setUp(rig.sluiceAddress(), Tenant.ACTION, RULES, READS);
        progress.says("warming Sluice up");
        var traffic = new Traffic(USERS);
        HttpLoad.run(rig.sluiceAddress(), WARM_UP_CONNECTIONS, traffic.tracks(), WARM_UP);
        this.sizes = measured();
        progress.says("starting the bare system: " + sizes);
        this.bare = rig.startBare(sizes);
        HttpLoad.run(rig.bareAddress(), WARM_UP_CONNECTIONS, traffic.bareTracks(), WARM_UP);
        var some = new AtomicInteger();
        Supplier<Optional<Call>> known = () -> {
            var next = some.incrementAndGet();
            var request = Http.post("/users/user-" + next + "/actions/known-" + next, "", "{}");
            return next > VALIDATED ? Optional.empty() : Optional.of(() -> request);
        };
        Calls.all(rig.bareAddress(), 1, known);
    }

    /** Starts both, in a folder of this name. */
    static Pair start(Progress progress, String name) throws IOException, InterruptedException {
        var rig = new Rig(Path.of("benchmarks", "target", "run", name));
        try {
            return new Pair(name, rig, progress);
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    private Sizes measured() throws IOException {
        return measured(
                Calls.one(rig.sluiceAddress(), Tenant.track("user-1", Tenant.ACTION, Tenant.trackBody(1, "sized")))
                        .length);
    }

    /** How large Sluice's newest records are. */
    Sizes measured(int answer) {
        try (var log = new LogSizes(rig.bootstrapServers())) {
            return new Sizes(
                    log.averageBytes("sluice.track-events"),
                    log.averageBytes("sluice.rules-processor-user-changelog"),
                    log.averageBytes("sluice.decisions"),
                    log.averageBytes("sluice.challenge-service-action-changelog"),
                    log.averageBytes("sluice.challenge-transitions"),
                    log.averageBytes("sluice.replies"),
                    answer);
        }
    }

    InetSocketAddress sluice() {
        return rig.sluiceAddress();
    }

    InetSocketAddress bare() {
        return rig.bareAddress();
    }

    String bootstrapServers() {
        return rig.bootstrapServers();
    }

    Sizes sizes() {
        return sizes;
    }

    LocalProcess sluiceProcess() {
        return sluice;
    }

    LocalProcess bareProcess() {
        return bare;
    }

    LocalProcess brokerProcess() {
        return broker;
    }

    /** Questions for actions that are there, without end. */
    Supplier<Optional<Call>> bareValidations() {
        var asked = new AtomicInteger();
        return () -> {
            var next = asked.getAndIncrement() % VALIDATED + 1;
            var request = Http.post("/validate/user-" + next + "/known-" + next, "", " ".repeat(sizes.answer() / 2));
            return Optional.of(() -> request);
        };
    }

    /** A round of a load. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    /** Rounds that don't count, until a round is run by code that is compiled, or there were many. */
    void warmUp(Options options, Progress progress, Round round) throws Exception {
        for (var each = 1; each <= options.warmUps(); each++) {
            var begun = System.nanoTime();
            var compiled = sluice.compilingNanos() + bare.compilingNanos() + broker.compilingNanos();
            round.run();
            compiled = sluice.compilingNanos() + bare.compilingNanos() + broker.compilingNanos() - compiled;
            var share = (double) compiled / (System.nanoTime() - begun);
            progress.says(String.format("round %d to warm up: compilers at work for %.2f of it", each, share));
            if (share < SETTLED) return;
        }
    }

    /** One more round, that does not count, since recording slows what it records down: where the time goes in it. */
    void profile(Progress progress, Round round) throws Exception {
        sluice.record();
        bare.record();
        broker.record();
        round.run();
        var results = Files.createDirectories(Path.of("benchmarks", "target", "results"));
        keep(sluice, results.resolve(name + "-sluice.jfr"), progress);
        keep(bare, results.resolve(name + "-bare.jfr"), progress);
        keep(broker, results.resolve(name + "-broker.jfr"), progress);
    }

    private static void keep(LocalProcess process, Path file, Progress progress)
            throws IOException, InterruptedException {
        process.recorded(file);
        var summary = Profile.of(file).summary();
        Files.writeString(Path.of(file + ".txt"), summary);
        progress.says(file.getFileName() + "\n" + summary);
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
