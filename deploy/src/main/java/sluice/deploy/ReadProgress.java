package sluice.deploy;

import java.util.Locale;
import sluice.runtime.kafka.LogReader;

/** Tells the operator how far a command has read, on standard error, about once a second. */
public final class ReadProgress implements LogReader.Progress {
    private static final double SECOND = 1e9;

    private final long startedAt = System.nanoTime();
    private long toldAt = startedAt;
    private long records;

    @Override
    public void read(long more, double share) {
        records += more;
        var now = System.nanoTime();
        if (now - toldAt < SECOND) return;
        toldAt = now;
        System.err.printf(
                Locale.ROOT,
                "sluice: %5.1f s  %3.0f %%, %,d records read, %,.0f a second%n",
                seconds(),
                100 * share,
                records,
                records / seconds());
    }

    /** Since it was made, never quite none. */
    double seconds() {
        return Math.max(0.001, (System.nanoTime() - startedAt) / SECOND);
    }

    /** Tells what has been done. */
    public void finished(String what) {
        System.err.printf(Locale.ROOT, "sluice: %5.1f s  %,d records read, %s%n", seconds(), records, what);
    }
}
