package sluice.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import sluice.bench.Figure;
import sluice.bench.Options;
import sluice.bench.Suite;
import sluice.bench.load.HttpLoad;
import sluice.bench.process.Folders;
import sluice.bench.process.LocalProcess;
import sluice.bench.profile.Profile;

/**
 * Few users and many, on two installations side by side; a day of history and a year of it; no rules and fifty. Here the
 * small one is the limit of the large one.
 */
public final class GrowthSuite implements Suite {
    private static final int FEW = 10_000;
    private static final int HISTORY_USERS = 500;
    private static final int HISTORY_EVENTS = 24;
    private static final int CONNECTIONS = 4;
    private static final int STEP = 20_000;
    private static final int EVENTS = 6_000;
    private static final String NONE = "noRules";
    private static final String FIFTY = "fiftyRules";
    private static final String OUTCOMES = "sluice.challenge-transitions";
    private static final double MIB = 1 << 20;
    private static final double MILLION = 1e6;

    private final Options options;
    private final Rounds rounds = new Rounds();

    public GrowthSuite(Options options) {
        this.options = options;
    }

    @Override
    public List<Figure> run(Progress progress) throws Exception {
        try (var few = new Rig(Path.of("benchmarks", "target", "run", "few"));
                var many = new Rig(Path.of("benchmarks", "target", "run", "many"))) {
            var small = start(few, progress);
            var large = start(many, progress);
            load(few, FEW, progress);
            var before = Folders.bytes(many.data());
            load(many, options.users(), progress);
            var bytes = (double) Folders.bytes(many.data()) - before;
            users(few, many, progress);
            history(few, progress);
            var figures = figures(small, large, bytes);
            profile(many, large, progress);
            return figures;
        }
    }

    /** By itself, after what counts: recording slows what it records down. */
    private void profile(Rig many, LocalProcess large, Progress progress) throws IOException, InterruptedException {
        var file = Files.createDirectories(Path.of("benchmarks", "target", "results"))
                .resolve("growth-sluice.jfr");
        large.record();
        try (var load = loadOf(many, new Events(options.users()).of(FIFTY))) {
            load.run(EVENTS);
        }
        large.recorded(file);
        progress.says(
                "profile at " + options.users() + " users\n" + Profile.of(file).summary());
    }

    private static LocalProcess start(Rig rig, Progress progress) throws IOException, InterruptedException {
        progress.says("starting");
        rig.startBroker();
        var sluice = rig.startSluice();
        Rules.setUp(rig.sluiceAddress(), NONE, 0, 0);
        Rules.setUp(rig.sluiceAddress(), Tenant.ACTION, 0, 0);
        Rules.setUp(rig.sluiceAddress(), FIFTY, 50, 20);
        return sluice;
    }

    private static void load(Rig rig, int users, Progress progress) throws InterruptedException {
        try (var load = loadOf(rig, new Events(users).inTurn(NONE, Duration.ZERO))) {
            for (var loaded = 0; loaded < users; loaded += STEP) {
                var speed = load.run(Math.min(STEP, users - loaded));
                progress.says(String.format(Locale.ROOT, "%d of %d users, %.0f/s", loaded, users, speed));
            }
        }
    }

    private static LogLoad loadOf(Rig rig, LongFunction<ProducerRecord<String, byte[]>> events) {
        return new LogLoad(rig.bootstrapServers(), events, OUTCOMES);
    }

    private void users(Rig few, Rig many, Progress progress) throws IOException, InterruptedException {
        var ofFew = new Events(FEW);
        var ofMany = new Events(options.users());
        try (var small = loadOf(few, ofFew.of(NONE));
                var large = loadOf(many, ofMany.of(NONE));
                var smallFifty = loadOf(few, ofFew.of(FIFTY));
                var largeFifty = loadOf(many, ofMany.of(FIFTY))) {
            for (var round = 0; round <= options.rounds(); round++) {
                if (round == 1) rounds.clear(); // what came before was to warm up
                progress.says("users, round " + round + " of " + options.rounds());
                rounds.add("few.0-rules", small.run(EVENTS));
                rounds.add("many.0-rules", large.run(EVENTS));
                rounds.add("few.50-rules", smallFifty.run(EVENTS));
                rounds.add("many.50-rules", largeFifty.run(EVENTS));
                rounds.add("few.p99", p99(few, FEW));
                rounds.add("many.p99", p99(many, options.users()));
            }
        }
    }

    private double p99(Rig rig, int users) throws IOException {
        var duration = Duration.ofMillis((long) (options.seconds() * 1000));
        return HttpLoad.run(rig.sluiceAddress(), CONNECTIONS, new Traffic(users).tracks(), duration)
                .correctedMillis(99);
    }

    /** Users with as many events each, over a day and over a year. */
    private void history(Rig rig, Progress progress) throws InterruptedException {
        progress.says("history of a day and of a year");
        var young = new Events(HISTORY_USERS, "young");
        var old = new Events(HISTORY_USERS, "old");
        try (var past = loadOf(rig, young.over(Duration.ofDays(1), HISTORY_EVENTS, FIFTY));
                var longPast = loadOf(rig, old.over(Duration.ofDays(365), HISTORY_EVENTS, FIFTY));
                var day = loadOf(rig, young.of(FIFTY));
                var year = loadOf(rig, old.of(FIFTY))) {
            past.run(HISTORY_USERS * HISTORY_EVENTS);
            longPast.run(HISTORY_USERS * HISTORY_EVENTS);
            for (var round = 1; round <= options.rounds(); round++) {
                rounds.add("day", day.run(EVENTS / 2));
                rounds.add("year", year.run(EVENTS / 2));
            }
        }
    }

    private List<Figure> figures(LocalProcess small, LocalProcess large, double bytes) throws IOException {
        var size = options.users() + "-users";
        var figures = new ArrayList<Figure>();
        compared(figures, "users." + size + ".0-rules", "few.0-rules", "many.0-rules", "events/s");
        compared(figures, "users." + size + ".50-rules", "few.50-rules", "many.50-rules", "events/s");
        compared(figures, "users.p99." + size, "few.p99", "many.p99", "ms");
        compared(figures, "history.365-days", "day", "year", "events/s");
        figures.add(Figure.limit("growth.bare.memory." + size, small.residentBytes() / MIB, "MiB"));
        figures.add(
                Figure.of("growth.memory." + size, large.residentBytes() / MIB, "MiB", small.residentBytes() / MIB));
        figures.add(Figure.limit("growth.disk.million-users", bytes / MIB * MILLION / options.users(), "MiB"));
        return figures;
    }

    private void compared(List<Figure> figures, String name, String limit, String value, String unit) {
        var bare = rounds.median(limit);
        figures.add(Figure.limit("growth.bare." + name, bare, unit));
        figures.add(Figure.of("growth." + name, rounds.median(value), unit, bare));
    }
}
