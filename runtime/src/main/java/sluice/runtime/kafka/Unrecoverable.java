package sluice.runtime.kafka;

import org.apache.kafka.streams.errors.ProcessorStateException;

/** Tells faults of this process and its disk, which another thread would meet again, from those of what surrounds it. */
final class Unrecoverable {
    private static final int CAUSES_MAX = 20;

    private Unrecoverable() {}

    /** Whether it is of no use to go on in this process: its state can't be written or read, or the JVM is at its end. */
    static boolean is(Throwable fault) {
        Throwable cause = fault;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof ProcessorStateException || cause instanceof Error) return true;
            cause = cause.getCause();
        }
        return false;
    }

    /** The fault at the bottom, which names the file or the resource. */
    static Throwable root(Throwable fault) {
        var cause = fault;
        for (var depth = 0; depth < CAUSES_MAX; depth++) {
            var next = cause.getCause();
            if (next == null) return cause;
            cause = next;
        }
        return cause;
    }
}
