package sluice.faults;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import sluice.faults.history.Call;
import sluice.faults.history.HistoryChecker;

/** A whole run: users' flows while the nemesis rages, then calm, then the check. */
final class FaultRun {
    private static final int USERS_AT_ONCE = 8;
    private static final int READERS = 8;

    private final Path folder;
    private final long seed;
    private final Duration rage;
    private final Optional<Build> from;
    private final Optional<ShiftedClock> shifted;
    private final List<String> kinds;
    private final long zero = System.nanoTime();

    /**
     * Prepares.
     *
     * @param from build that the services start with; empty: the current one
     * @param shifted for harm to clocks; empty: they stay right
     * @param kinds what the kinds of harm begin with that are wanted; empty: all are
     */
    FaultRun(
            Path folder,
            long seed,
            Duration rage,
            Optional<Build> from,
            Optional<ShiftedClock> shifted,
            List<String> kinds) {
        this.folder = folder;
        this.seed = seed;
        this.rage = rage;
        this.from = from;
        this.shifted = shifted;
        this.kinds = List.copyOf(kinds);
    }

    private long now() {
        return System.nanoTime() - zero;
    }

    Run run() throws IOException, InterruptedException, ExecutionException {
        var load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        var workers = Executors.newCachedThreadPool();
        try (var cluster = new Cluster(folder, from.orElseGet(Build::current))) {
            cluster.start();
            var begun = now();
            System.err.printf(
                    "faults: %3d s  all of it is ready; seed %d%n",
                    Duration.ofNanos(begun).toSeconds(), seed);
            var clients = new Clients(cluster.ingresses(), this::now);
            var nemesis = new Nemesis(new Harms(cluster, seed, from.isPresent(), shifted, kinds), this::now);
            var until = begun + rage.toNanos();
            var flows = users(workers, clients, until);
            nemesis.rage(until);
            for (var flow : flows) flow.get();
            readAll(workers, clients);
            var log = new OutcomeLog(cluster).read(cluster.replay());
            var violations = HistoryChecker.violations(clients.history(), log);
            var lasted = Duration.ofNanos(now() - begun);
            return new Run(seed, load, lasted, nemesis.faults(), clients.history(), log, violations);
        } finally {
            workers.shutdownNow();
        }
    }

    private List<Future<?>> users(ExecutorService workers, Clients clients, long until) {
        var flows = new ArrayList<Future<?>>();
        for (var each = 0; each < USERS_AT_ONCE; each++) {
            var ingress = each;
            flows.add(workers.submit(() -> {
                while (now() < until) new Flow(clients, ingress).run();
            }));
        }
        return flows;
    }

    /** Asks for every action once more when all is well: what was acknowledged must still be so. */
    private static void readAll(ExecutorService workers, Clients clients)
            throws InterruptedException, ExecutionException {
        var actions = clients.history().stream()
                .filter(call -> call.kind() == Call.Kind.TRACK && call.isAcknowledged())
                .map(Call::action)
                .distinct()
                .toList();
        var readers = new ArrayList<Callable<Object>>();
        for (var reader = 0; reader < READERS; reader++) {
            var first = reader;
            readers.add(() -> {
                for (var each = first; each < actions.size(); each += READERS) clients.read(each, actions.get(each));
                return first;
            });
        }
        for (var done : workers.invokeAll(readers)) done.get();
    }
}
