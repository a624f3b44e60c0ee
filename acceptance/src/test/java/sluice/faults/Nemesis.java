package sluice.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Does harm, one thing at a time, in an order that a seed decides: every kind of harm to every kind of process once,
 * then all of them again. What it harms is well again before it goes on, and for a while after.
 */
final class Nemesis {
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final int HARM_SECONDS_MIN = 2;
    private static final int HARM_SECONDS_SPREAD = 3;

    private final Cluster cluster;
    private final Random random;
    private final LongSupplier clock;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Deque<Plan> plans = new ArrayDeque<>();

    /** Harm that is planned. */
    private record Plan(String kind, String target, Harm harm) {}

    private interface Harm {
        void done() throws IOException, InterruptedException;
    }

    Nemesis(Cluster cluster, long seed, LongSupplier clock) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.clock = clock;
    }

    /** Goes on until the time is over. */
    void rage(long until) throws IOException, InterruptedException {
        while (clock.getAsLong() < until) {
            if (plans.isEmpty()) plan();
            strike(plans.pop());
            Thread.sleep(CALM.toMillis());
        }
    }

    private void strike(Plan plan) throws IOException, InterruptedException {
        var begun = clock.getAsLong();
        System.err.printf("faults: %3d s  %s %s%n", Duration.ofNanos(begun).toSeconds(), plan.kind(), plan.target());
        plan.harm().done();
        faults.add(new Fault(plan.kind(), plan.target(), begun, clock.getAsLong()));
    }

    private void plan() {
        var next = new ArrayList<Plan>();
        var victims = new ArrayList<ServiceProcess>();
        victims.add(any(cluster.brokers()));
        for (var first = 0; first < cluster.services().size(); first += 2) {
            victims.add(any(cluster.services().subList(first, first + 2)));
        }
        for (var victim : victims) {
            next.add(new Plan("kill", victim.name(), () -> kill(victim)));
            next.add(new Plan("pause", victim.name(), () -> pause(victim)));
            next.add(new Plan("restart", victim.name(), () -> restart(victim)));
        }
        var link = any(cluster.links());
        next.add(new Plan("cut", "a connection", () -> cut(link)));
        next.add(new Plan("slow", "a connection", () -> slow(link)));
        Collections.shuffle(next, random);
        plans.addAll(next);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static void kill(ServiceProcess victim) throws IOException, InterruptedException {
        victim.kill();
        victim.start();
        victim.awaitReady();
    }

    private static void restart(ServiceProcess victim) throws IOException, InterruptedException {
        victim.end();
        victim.start();
        victim.awaitReady();
    }

    private void pause(ServiceProcess victim) throws IOException, InterruptedException {
        victim.pause();
        try {
            harm();
        } finally {
            victim.resume();
        }
    }

    private void cut(Link link) throws InterruptedException {
        link.cut();
        harm();
        link.heal();
    }

    private void slow(Link link) throws InterruptedException {
        link.slow(SLOW);
        harm();
        link.heal();
    }

    private void harm() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(HARM_SECONDS_MIN + random.nextInt(HARM_SECONDS_SPREAD))
                .toMillis());
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }
}
