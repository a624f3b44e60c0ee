package sluice.deploy;

import java.util.Locale;

/** Tells the operator what a start waits for and how long it has taken, on standard error. */
final class Progress {
    private final long startedAt = System.nanoTime();

    void step(String what) {
        System.err.printf(Locale.ROOT, "sluice: %5.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
