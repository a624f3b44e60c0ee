package sluice.rules.kafka;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import sluice.bench.micro.CpuTime;

/** A user's record read and written, unsealed and sealed; bare: the same bytes through Avro alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UserStateBenchmark {
    private static final int RULES = 20;
    private static final int READS = 5;
    private static final int EVENTS = 5000;

    @SuppressWarnings("NullAway.Init") // set before the first call
    private DecidingProcessor processor;

    @SuppressWarnings("NullAway.Init")
    private byte[] record;

    @Setup(Level.Trial)
    public void start() throws IOException {
        processor = new DecidingProcessor(new Shop(RULES, READS));
        processor.prepare(EVENTS);
        while (processor.hasEvent()) processor.decide();
        record = processor.record();
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        processor.close();
    }

    @Benchmark
    public byte[] sluice(CpuTime cpu) {
        cpu.counts();
        return processor.rewritten(record);
    }

    @Benchmark
    public byte[] bare(CpuTime cpu) {
        cpu.counts();
        return processor.copied(record);
    }
}
