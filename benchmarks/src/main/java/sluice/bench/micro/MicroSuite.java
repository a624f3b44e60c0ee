package sluice.bench.micro;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
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

/** Processor time of what is done most, each beside the least that it could be. */
public final class MicroSuite implements Suite {
    private static final int ROUNDS = 5;
    private static final double NANOS_A_MICRO = 1000;

    @Override
    public List<Figure> run(Progress progress) throws RunnerException {
        var decision = DecisionBenchmark.class.getName() + ".decide";
        var one = new ArrayList<Double>();
        var fifty = new ArrayList<Double>();
        for (var round = 1; round <= ROUNDS; round++) {
            progress.says("decision, round " + round + " of " + ROUNDS);
            one.add(cpuMicros(decision, "1"));
            fifty.add(cpuMicros(decision, "50"));
        }
        return List.of(
                Figure.limit("decision.cpu.1-rule", Median.of(one), "us"),
                Figure.of("decision.cpu.50-rules", Median.of(fifty), "us", Median.of(one)));
    }

    private static double cpuMicros(String method, String rules) throws RunnerException {
        var options = new OptionsBuilder()
                .include(method)
                .param("rules", rules)
                .forks(1)
                .warmupIterations(10)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .build();
        var counted = new Runner(options).runSingle();
        return total(counted, "nanoseconds") / total(counted, "operations") / NANOS_A_MICRO;
    }

    private static double total(RunResult counted, String counter) {
        return requireNonNull(counted.getSecondaryResults().get(counter)).getScore();
    }
}
