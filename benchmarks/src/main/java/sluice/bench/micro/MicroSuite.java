package sluice.bench.micro;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import sluice.bench.Figure;
import sluice.bench.Median;
import sluice.bench.Suite;
import sluice.rules.kafka.DecisionBenchmark;
import sluice.rules.kafka.UserStateBenchmark;

/** Processor time of what is done most, each beside the least that it could be. */
public final class MicroSuite implements Suite {
    private static final double NANOS_A_MICRO = 1000;
    private static final int DECISION_WARM_UPS = 32;
    private static final int WARM_UPS = 4;
    private static final int SLICE_MILLIS = 250;

    private final int rounds;

    public MicroSuite(int rounds) {
        this.rounds = rounds;
    }

    /**
     * What is measured, and beside what.
     *
     * @param method a benchmark's; what stands behind a colon is its number of rules
     * @param warmUps slices of time until it counts
     */
    private record Compared(String name, String method, String bare, int warmUps) {}

    private static final List<Compared> ALL = List.of(
            decision("1-rule", 1),
            decision("20-rules", 20),
            decision("50-rules", 50),
            compared("user-state", UserStateBenchmark.class, "sluice", "bare"),
            compared("totp", CodeBenchmark.class, "sluice", "bare"),
            compared("token.sign", TokenBenchmark.class, "sign", "bare"),
            compared("token.check", TokenBenchmark.class, "check", "bare"),
            compared("json.in", JsonBenchmark.class, "in", "bareIn"),
            compared("json.out", JsonBenchmark.class, "out", "bareOut"));

    private static Compared decision(String name, int rules) {
        var method = DecisionBenchmark.class.getName() + ".decide:";
        return new Compared("decision." + name, method + rules, method + 1, DECISION_WARM_UPS);
    }

    private static Compared compared(String name, Class<?> benchmark, String method, String bare) {
        return new Compared(name, benchmark.getName() + "." + method, benchmark.getName() + "." + bare, WARM_UPS);
    }

    @Override
    public List<Figure> run(Progress progress) throws RunnerException {
        var micros = new HashMap<String, List<Double>>();
        for (var round = 1; round <= rounds; round++) {
            progress.says("round " + round + " of " + rounds);
            var measured = new HashMap<String, Double>();
            for (var each : ALL) {
                for (var method : List.of(each.method(), each.bare())) {
                    if (!measured.containsKey(method)) measured.put(method, cpuMicros(method, each.warmUps()));
                }
            }
            measured.forEach((method, value) ->
                    micros.computeIfAbsent(method, any -> new ArrayList<>()).add(value));
        }
        return ALL.stream().flatMap(each -> figures(each, micros)).toList();
    }

    private static Stream<Figure> figures(Compared each, Map<String, List<Double>> micros) {
        var value = Median.of(micros.getOrDefault(each.method(), List.of()));
        var name = "micro." + each.name();
        if (each.method().equals(each.bare())) return Stream.of(Figure.limit(name, value, "us"));
        var bare = Median.of(micros.getOrDefault(each.bare(), List.of()));
        return Stream.of(Figure.limit("micro.bare." + each.name(), bare, "us"), Figure.of(name, value, "us", bare));
    }

    private static double cpuMicros(String method, int warmUps) throws RunnerException {
        var parts = method.split(":", -1);
        var options = new OptionsBuilder()
                .include(parts[0] + "$")
                .forks(1)
                .warmupIterations(warmUps)
                .warmupTime(TimeValue.milliseconds(SLICE_MILLIS))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(SLICE_MILLIS))
                .verbosity(VerboseMode.SILENT);
        if (parts.length > 1) options.param("rules", parts[1]);
        var counted = new Runner(options.build()).runSingle();
        return total(counted, "nanoseconds") / total(counted, "operations") / NANOS_A_MICRO;
    }

    private static double total(RunResult counted, String counter) {
        return requireNonNull(counted.getSecondaryResults().get(counter)).getScore();
    }
}
