package sluice.bench.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import sluice.bench.Suite.Progress;
import sluice.bench.load.HttpLoad;
import sluice.bench.process.LocalProcess;

/** Two of each processor; one is killed while calls come for users of every partition. */
final class Failover implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final int USERS = 10_000;
    private static final Duration CALLS = Duration.ofSeconds(6);
    private static final long KILLED_AFTER_MILLIS = 1500;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final double NANOS = 1e9;

    private final Progress progress;
    private final Rig rig;
    private final List<LocalProcess> owners = new ArrayList<>();

    Failover(Progress progress) throws IOException, InterruptedException {
        this.progress = progress;
        progress.says("starting two of each processor");
        this.rig = new Rig(Path.of("benchmarks", "target", "run", "failover"));
        try {
            rig.startBroker();
            rig.service("track-service", 1).start();
            rig.service("challenge-service", 1).start();
            for (var each = 1; each <= 2; each++)
                owners.add(rig.service("rules-processor", each).start());
            HttpLoad.run(rig.sluiceAddress(), CONNECTIONS, new Traffic(USERS).tracks(), WARM_UP);
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
    }

    /** Seconds that the call took that waited longest: it was asked when the owner had just died. */
    double round(int number) throws IOException, InterruptedException, ExecutionException {
        progress.says("failover, round " + number);
        var killed = owners.get(number % owners.size());
        var nemesis = Executors.newSingleThreadScheduledExecutor();
        try {
            var kill = nemesis.schedule(killed::kill, KILLED_AFTER_MILLIS, TimeUnit.MILLISECONDS);
            var loaded = HttpLoad.run(rig.sluiceAddress(), CONNECTIONS, new Traffic(USERS).tracks(), CALLS);
            kill.get();
            killed.start();
            HttpLoad.run(rig.sluiceAddress(), CONNECTIONS, new Traffic(USERS).tracks(), WARM_UP);
            return loaded.latencies().getMaxValue() / NANOS;
        } finally {
            nemesis.shutdownNow();
        }
    }

    @Override
    public void close() throws IOException {
        rig.close();
    }
}
