package sluice.rules.kafka;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import sluice.bench.micro.CpuTime;

/** One decision, from the bytes of the track event to the bytes of the decision and of the user's record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecisionBenchmark {
    /** Data points that each rule reads. */
    private static final int READS = 20;

    /** Events that are made ready at a time. */
    private static final int EVENTS = 2000;

    /** Active rules of the action. */
    @Param({"1", "50"})
    public int rules;

    @SuppressWarnings("NullAway.Init") // set before the first call
    private DecidingProcessor processor;

    @Setup(Level.Trial)
    public void start() throws IOException {
        processor = new DecidingProcessor(new Shop(rules, READS));
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        processor.close();
    }

    @Benchmark
    public long decide(CpuTime cpu) {
        cpu.counts();
        if (!processor.hasEvent()) cpu.leavesOut(() -> processor.prepare(EVENTS));
        return processor.decide();
    }
}
