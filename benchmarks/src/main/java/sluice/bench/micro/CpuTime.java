package sluice.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The processor time of the thread that is measured: other processes on the machine don't count in it. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Operations of the iteration. */
    public long operations;

    private long begun;

    @Setup(Level.Iteration)
    public void begin() {
        operations = 0;
        begun = THREADS.getCurrentThreadCpuTime();
    }

    /** To be called once in each operation. */
    public void counts() {
        operations++;
    }

    /** Does what is no part of the operation. */
    public void leavesOut(Runnable work) {
        var since = THREADS.getCurrentThreadCpuTime();
        work.run();
        begun += THREADS.getCurrentThreadCpuTime() - since;
    }

    /** Processor time since the iteration began, in nanoseconds. */
    public long nanoseconds() {
        return THREADS.getCurrentThreadCpuTime() - begun;
    }
}
