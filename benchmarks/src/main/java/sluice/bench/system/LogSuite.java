package sluice.bench.system;

import java.util.ArrayList;
import java.util.List;
import sluice.bench.Figure;
import sluice.bench.Options;
import sluice.bench.Suite;
import sluice.bench.bare.BareTopics;
import sluice.bench.process.LocalProcess;

/** Events published straight on the log, with few rules and with many. */
public final class LogSuite implements Suite {
    private static final String TWENTY = "20-rules";
    private static final String FIFTY = "50-rules";
    private static final String TRANSITIONS = "sluice.challenge-transitions";
    private static final int USERS = 50_000;
    private static final double NANOS_A_MICRO = 1000;
    private static final int FIRST_EVENTS = 2_000;

    private final Options options;
    private final Rounds sluice = new Rounds();
    private final Rounds bare = new Rounds();

    public LogSuite(Options options) {
        this.options = options;
    }

    @Override
    public List<Figure> run(Progress progress) throws Exception {
        try (var pair = Pair.start(progress, "log")) {
            Rules.setUp(pair.sluice(), "twentyRules", 20, 5);
            Rules.setUp(pair.sluice(), "fiftyRules", 50, 20);
            var events = new Events(USERS);
            try (var twenty = new LogLoad(pair.bootstrapServers(), events.of("twentyRules"), TRANSITIONS);
                    var fifty = new LogLoad(pair.bootstrapServers(), events.of("fiftyRules"), TRANSITIONS)) {
                twenty.run(FIRST_EVENTS);
                try (var limitOfTwenty = bare(pair, events)) {
                    fifty.run(FIRST_EVENTS);
                    try (var limitOfFifty = bare(pair, events)) {
                        return run(pair, progress, List.of(twenty, limitOfTwenty, fifty, limitOfFifty));
                    }
                }
            }
        }
    }

    /** As large as Sluice's records have just been. */
    private static LogLoad bare(Pair pair, Events events) {
        return new LogLoad(pair.bootstrapServers(), events.bare(pair.measured(0)), BareTopics.TRANSITIONS);
    }

    private List<Figure> run(Pair pair, Progress progress, List<LogLoad> loads) throws Exception {
        var first = (int) Math.max(FIRST_EVENTS, loads.get(0).run(FIRST_EVENTS) * options.seconds());
        pair.warmUp(options, progress, () -> round(pair, progress, first, loads));
        var number = (int) Math.max(FIRST_EVENTS, sluice.latest(TWENTY) * options.seconds());
        sluice.clear();
        bare.clear();
        for (var each = 1; each <= options.rounds(); each++) {
            progress.says("round " + each + " of " + options.rounds() + ", " + number + " events each");
            round(pair, progress, number, loads);
        }
        var figures = figures();
        pair.profile(progress, () -> round(pair, progress, number, loads));
        return figures;
    }

    private void round(Pair pair, Progress progress, int number, List<LogLoad> loads) throws InterruptedException {
        events(pair, progress, sluice, TWENTY, pair.sluiceProcess(), loads.get(0), number);
        events(pair, progress, bare, TWENTY, pair.bareProcess(), loads.get(1), 2 * number);
        events(pair, progress, sluice, FIFTY, pair.sluiceProcess(), loads.get(2), number);
        events(pair, progress, bare, FIFTY, pair.bareProcess(), loads.get(3), 2 * number);
    }

    /** Events a second, and what they take of the processors, of the process and of the broker. */
    private static void events(
            Pair pair, Progress progress, Rounds rounds, String name, LocalProcess process, LogLoad load, int number)
            throws InterruptedException {
        var own = process.processorNanos();
        var broker = pair.brokerProcess().processorNanos();
        rounds.add(name, load.run(number));
        rounds.add(name + ".cpu", (process.processorNanos() - own) / (NANOS_A_MICRO * number));
        rounds.add(name + ".broker-cpu", (pair.brokerProcess().processorNanos() - broker) / (NANOS_A_MICRO * number));
        progress.says(String.format(
                "%s: %.0f events/s, %.0f us, broker %.0f us",
                name, rounds.latest(name), rounds.latest(name + ".cpu"), rounds.latest(name + ".broker-cpu")));
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        for (var each : List.of(TWENTY, FIFTY)) {
            figure(figures, each, "events/s");
            figure(figures, each + ".cpu", "us");
            figure(figures, each + ".broker-cpu", "us");
        }
        return figures;
    }

    private void figure(List<Figure> figures, String name, String unit) {
        var limit = bare.median(name);
        figures.add(Figure.limit("log.bare." + name, limit, unit));
        figures.add(Figure.of("log." + name, sluice.median(name), unit, limit));
    }
}
