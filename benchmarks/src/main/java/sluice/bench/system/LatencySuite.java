package sluice.bench.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.bench.Figure;
import sluice.bench.Median;
import sluice.bench.Options;
import sluice.bench.Suite;
import sluice.bench.load.Call;
import sluice.bench.load.HttpLoad;
import sluice.bench.load.Loaded;

/** Track, verify and validate over HTTP, one call after the other. */
public final class LatencySuite implements Suite {
    private static final Map<String, Double> PERCENTILES = percentiles();
    private static final int USERS = 50_000;

    private final Options options;
    private final Map<String, List<Loaded>> sluice = new LinkedHashMap<>();
    private final Map<String, List<Loaded>> bare = new LinkedHashMap<>();

    public LatencySuite(Options options) {
        this.options = options;
    }

    private static Map<String, Double> percentiles() {
        var all = new LinkedHashMap<String, Double>();
        all.put("p50", 50.0);
        all.put("p99", 99.0);
        all.put("p99.9", 99.9);
        return all;
    }

    @Override
    public List<Figure> run(Progress progress) throws Exception {
        try (var pair = Pair.start(progress, "latency")) {
            var duration = Duration.ofMillis((long) (options.seconds() * 1000));
            var each = 1000 * options.rounds();
            progress.says("enrolling " + each / 2 + " users");
            var challenges = new Challenges(pair.sluice());
            challenges.enroll(each / 2, "enrolled");
            var traffic = new Traffic(USERS);
            pair.warmUp(options, progress, () -> round(pair, progress, challenges, traffic, duration));
            sluice.clear();
            bare.clear();
            for (var round = 1; round <= options.rounds(); round++) {
                progress.says("round " + round + " of " + options.rounds());
                round(pair, progress, challenges, traffic, duration);
            }
            var figures = figures();
            pair.profile(progress, () -> round(pair, progress, challenges, traffic, duration));
            return figures;
        }
    }

    private void round(Pair pair, Progress progress, Challenges challenges, Traffic traffic, Duration duration)
            throws IOException {
        challenges.open(1000);
        add(progress, sluice, "track", load(pair.sluice(), traffic.tracks(), duration));
        add(progress, bare, "bare track", load(pair.bare(), traffic.bareTracks(), duration));
        add(progress, sluice, "verify", load(pair.sluice(), challenges.answers(), duration));
        add(progress, bare, "bare verify", load(pair.bare(), traffic.bareTracks(), duration));
        add(progress, sluice, "validate", load(pair.sluice(), challenges.validations(), duration));
        add(progress, bare, "bare validate", load(pair.bare(), pair.bareValidations(), duration));
    }

    private static Loaded load(InetSocketAddress address, Supplier<Optional<Call>> calls, Duration duration)
            throws IOException {
        return HttpLoad.run(address, 1, calls, duration);
    }

    private static void add(Progress progress, Map<String, List<Loaded>> rounds, String call, Loaded loaded) {
        progress.says(call + ": " + loaded);
        if (loaded.served() == 0) throw new IllegalStateException("Nothing of " + call + " was served");
        rounds.computeIfAbsent(call, any -> new ArrayList<>()).add(loaded);
    }

    private List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        sluice.forEach((call, rounds) -> PERCENTILES.forEach((name, percentile) -> {
            var limit = median(bare.getOrDefault("bare " + call, List.of()), percentile);
            figures.add(Figure.limit("latency.bare." + call + "." + name, limit, "ms"));
            figures.add(Figure.of("latency." + call + "." + name, median(rounds, percentile), "ms", limit));
        }));
        return figures;
    }

    private static double median(List<Loaded> rounds, double percentile) {
        return Median.of(
                rounds.stream().map(each -> each.correctedMillis(percentile)).toList());
    }
}
