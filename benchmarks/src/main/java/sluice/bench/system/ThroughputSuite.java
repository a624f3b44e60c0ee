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
import sluice.bench.bare.BareTopics;
import sluice.bench.load.Call;
import sluice.bench.load.HttpLoad;
import sluice.bench.load.Loaded;
import sluice.bench.process.LocalProcess;

/** Track and verify over HTTP at many connections, and events straight on the log. */
public final class ThroughputSuite implements Suite {
    private static final List<Integer> TRACK_CONNECTIONS = List.of(64, 256, 1024);
    private static final List<Integer> VERIFY_CONNECTIONS = List.of(16, 64);
    private static final String TWENTY = "twentyRules";
    private static final String FIFTY = "fiftyRules";
    private static final int USERS = 50_000;
    private static final double NANOS_A_MICRO = 1000;
    private static final int FIRST_EVENTS = 2_000;

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
            Rules.setUp(pair.sluice(), TWENTY, 20, 5);
            Rules.setUp(pair.sluice(), FIFTY, 50, 20);
            var answers = (int) (ANSWERS_A_SECOND * options.seconds());
            var challenges = new Challenges(pair.sluice());
            progress.says("enrolling " + 2 * answers + " users");
            challenges.enroll(2 * answers, "enrolled");
            pair.record();
            for (var round = 0; round <= options.rounds(); round++) {
                if (round == 1) { // what came before was to warm up
                    sluice.clear();
                    bare.clear();
                }
                progress.says("HTTP, round " + round + " of " + options.rounds());
                track(pair, progress);
                verify(pair, progress, challenges, answers);
            }
            log(pair, progress);
            pair.recorded(progress);
        }
        return figures();
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

    private void log(Pair pair, Progress progress) throws InterruptedException {
        var events = new Events(USERS);
        try (var twenty = new LogLoad(pair.bootstrapServers(), events.of(TWENTY), "sluice.challenge-transitions");
                var fifty = new LogLoad(pair.bootstrapServers(), events.of(FIFTY), "sluice.challenge-transitions")) {
            var number = (int) Math.max(FIRST_EVENTS, twenty.run(FIRST_EVENTS) * options.seconds());
            try (var limitOfTwenty = bare(pair, events)) {
                fifty.run(FIRST_EVENTS);
                try (var limitOfFifty = bare(pair, events)) {
                    limitOfFifty.run(FIRST_EVENTS);
                    log(pair, progress, number, List.of(twenty, limitOfTwenty, fifty, limitOfFifty));
                }
            }
        }
    }

    /** As large as Sluice's records have just been. */
    private static LogLoad bare(Pair pair, Events events) {
        return new LogLoad(pair.bootstrapServers(), events.bare(pair.measured(0)), BareTopics.TRANSITIONS);
    }

    private void log(Pair pair, Progress progress, int number, List<LogLoad> loads) throws InterruptedException {
        for (var round = 1; round <= options.rounds(); round++) {
            progress.says("log, round " + round + " of " + options.rounds() + ", " + number + " events each");
            events(pair, sluice, "log.20-rules", pair.sluiceProcess(), loads.get(0), number);
            events(pair, bare, "log.20-rules", pair.bareProcess(), loads.get(1), 2 * number);
            events(pair, sluice, "log.50-rules", pair.sluiceProcess(), loads.get(2), number);
            events(pair, bare, "log.50-rules", pair.bareProcess(), loads.get(3), 2 * number);
        }
    }

    /** Events a second, and what they take of the processors, of the process and of the broker. */
    private static void events(Pair pair, Rounds rounds, String name, LocalProcess process, LogLoad load, int number)
            throws InterruptedException {
        var own = process.processorNanos();
        var broker = pair.brokerProcess().processorNanos();
        rounds.add(name, load.run(number));
        rounds.add(name + ".cpu", (process.processorNanos() - own) / (NANOS_A_MICRO * number));
        rounds.add(name + ".broker-cpu", (pair.brokerProcess().processorNanos() - broker) / (NANOS_A_MICRO * number));
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        for (var each : TRACK_CONNECTIONS) http(figures, "track." + each);
        for (var each : VERIFY_CONNECTIONS) http(figures, "verify." + each);
        for (var each : List.of("log.20-rules", "log.50-rules")) {
            pair(figures, each, "", "events/s");
            pair(figures, each, ".cpu", "us");
            pair(figures, each, ".broker-cpu", "us");
        }
        return figures;
    }

    private void http(List<Figure> figures, String name) {
        pair(figures, name, "", "calls/s");
        pair(figures, name, ".p99", "ms");
        figures.add(Figure.limit("throughput." + name + ".shed", sluice.median(name + ".shed"), "calls/s"));
    }

    private void pair(List<Figure> figures, String name, String part, String unit) {
        var limit = bare.median(name + part);
        figures.add(Figure.limit("throughput.bare." + name + part, limit, unit));
        figures.add(Figure.of("throughput." + name + part, sluice.median(name + part), unit, limit));
    }
}
