package sluice.bench.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.bench.Figure;
import sluice.bench.Options;
import sluice.bench.Suite;
import sluice.bench.load.Call;
import sluice.bench.load.HttpLoad;
import sluice.bench.load.Loaded;

/** Track and verify over HTTP at many connections. */
public final class ThroughputSuite implements Suite {
    private static final List<Integer> TRACK_CONNECTIONS = List.of(64, 256, 1024);
    private static final List<Integer> VERIFY_CONNECTIONS = List.of(16, 64);
    private static final int USERS = 50_000;

    /** Codes that a round at one number of connections may take. */
    private static final int ANSWERS_A_SECOND = 1500;

    private final Options options;
    private final Rounds sluice = new Rounds();
    private final Rounds bare = new Rounds();

    public ThroughputSuite(Options options) {
        this.options = options;
    }

    @Override
    public List<Figure> run(Progress progress) throws Exception {
        try (var pair = Pair.start(progress, "throughput")) {
            var answers = (int) (ANSWERS_A_SECOND * options.seconds());
            var challenges = new Challenges(pair.sluice());
            progress.says("enrolling " + 2 * answers + " users");
            challenges.enroll(2 * answers, "enrolled");
            pair.warmUp(options, progress, () -> round(pair, progress, challenges, answers));
            sluice.clear();
            bare.clear();
            for (var round = 1; round <= options.rounds(); round++) {
                progress.says("round " + round + " of " + options.rounds());
                round(pair, progress, challenges, answers);
            }
            var figures = figures();
            pair.profile(progress, () -> round(pair, progress, challenges, answers));
            return figures;
        }
    }

    private void round(Pair pair, Progress progress, Challenges challenges, int answers) throws IOException {
        track(pair, progress);
        verify(pair, progress, challenges, answers);
    }

    private void track(Pair pair, Progress progress) throws IOException {
        var traffic = new Traffic(USERS);
        for (var connections : TRACK_CONNECTIONS) {
            var name = "track." + connections;
            add(progress, sluice, name, load(pair.sluice(), connections, traffic.tracks()));
            add(progress, bare, name, load(pair.bare(), connections, traffic.bareTracks()));
        }
    }

    private void verify(Pair pair, Progress progress, Challenges challenges, int answers) throws IOException {
        var traffic = new Traffic(USERS);
        for (var connections : VERIFY_CONNECTIONS) {
            var name = "verify." + connections;
            challenges.open(answers);
            add(progress, sluice, name, load(pair.sluice(), connections, challenges.answers()));
            add(progress, bare, name, load(pair.bare(), connections, traffic.bareTracks()));
        }
    }

    private Loaded load(InetSocketAddress address, int connections, Supplier<Optional<Call>> calls) throws IOException {
        return HttpLoad.run(address, connections, calls, Duration.ofMillis((long) (options.seconds() * 1000)));
    }

    private static void add(Progress progress, Rounds rounds, String name, Loaded loaded) {
        progress.says(name + ": " + loaded);
        if (loaded.served() == 0) throw new IllegalStateException("Nothing of " + name + " was served");
        if (loaded.refused() > 0) throw new IllegalStateException(name + ": " + loaded.refused() + " calls refused");
        rounds.add(name, loaded.perSecond());
        rounds.add(name + ".p99", loaded.millis(99));
        rounds.add(name + ".shed", loaded.shed() / loaded.seconds());
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        for (var each : TRACK_CONNECTIONS) http(figures, "track." + each);
        for (var each : VERIFY_CONNECTIONS) http(figures, "verify." + each);
        return figures;
    }

    private void http(List<Figure> figures, String name) {
        figure(figures, name, "calls/s");
        figure(figures, name + ".p99", "ms");
        figures.add(Figure.limit("throughput." + name + ".shed", sluice.median(name + ".shed"), "calls/s"));
    }

    private void figure(List<Figure> figures, String name, String unit) {
        var limit = bare.median(name);
        figures.add(Figure.limit("throughput.bare." + name, limit, unit));
        figures.add(Figure.of("throughput." + name, sluice.median(name), unit, limit));
    }
}
