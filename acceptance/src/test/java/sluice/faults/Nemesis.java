package sluice.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Does harm, one thing at a time, in an order that a seed decides: every kind of harm to every kind of process once,
 * then all of them again. What it harms is well again before it goes on, and for a while after.
 */
final class Nemesis {
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Harms harms;
    private final LongSupplier clock;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Deque<Harms.Plan> plans = new ArrayDeque<>();

    Nemesis(Harms harms, LongSupplier clock) {
        this.harms = harms;
        this.clock = clock;
    }

    /** Goes on until the time is over. */
    void rage(long until) throws IOException, InterruptedException {
        while (clock.getAsLong() < until) {
            if (plans.isEmpty()) plans.addAll(harms.round());
            strike(plans.pop());
            Thread.sleep(CALM.toMillis());
        }
    }

    private void strike(Harms.Plan plan) throws IOException, InterruptedException {
        var begun = clock.getAsLong();
        System.err.printf("faults: %3d s  %s %s%n", Duration.ofNanos(begun).toSeconds(), plan.kind(), plan.target());
        plan.harm().done();
        faults.add(new Fault(plan.kind(), plan.target(), begun, clock.getAsLong()));
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
