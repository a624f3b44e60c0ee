package sluice.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** All that can be done to a cluster, and how each is undone. */
final class Harms {
    /** A rolling restart: the one harm that no request may fail of. */
    static final String UPGRADE = "upgrade";

    private static final Duration SLOW = Duration.ofMillis(50);

    /** More than a challenge lives, and less than what a broker refuses as the future. */
    private static final Duration SHIFT = Duration.ofMinutes(20);

    private static final int HARM_SECONDS_MIN = 2;
    private static final int HARM_SECONDS_SPREAD = 3;

    private final Cluster cluster;
    private final Random random;
    private final boolean isFromAnother;
    private final Optional<ShiftedClock> shifted;
    private final List<String> kinds;

    /** Harm that is planned. */
    record Plan(String kind, String target, Harm harm) {}

    /** Returns when it is undone. */
    interface Harm {
        void done() throws IOException, InterruptedException;
    }

    /**
     * Prepares.
     *
     * @param isFromAnother whether the services run another build until they are upgraded: then all of them are
     * @param shifted for harm to clocks; empty: they stay right
     * @param kinds what the kinds begin with that are wanted; empty: all are
     */
    Harms(Cluster cluster, long seed, boolean isFromAnother, Optional<ShiftedClock> shifted, List<String> kinds) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.isFromAnother = isFromAnother;
        this.shifted = shifted;
        this.kinds = List.copyOf(kinds);
    }

    /** Each of them once, in some order, to victims by chance. */
    List<Plan> round() throws IOException {
        var plans = new ArrayList<Plan>();
        toProcesses(plans);
        toState(plans);
        upgrades(plans);
        toLinks(plans, cluster.toIngresses());
        toLinks(plans, cluster.toQueries());
        toLinks(plans, cluster.toOneBroker());
        toLinks(plans, cluster.betweenBrokers());
        toClocks(plans);
        plans.removeIf(plan -> !kinds.isEmpty() && kinds.stream().noneMatch(plan.kind()::startsWith));
        Collections.shuffle(plans, random);
        return plans;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void toProcesses(List<Plan> plans) {
        var victims = new ArrayList<ServiceProcess>();
        victims.add(any(cluster.brokers()));
        for (var service : cluster.services()) victims.add(any(service).process());
        for (var victim : victims) {
            plans.add(new Plan("kill", victim.name(), () -> kill(victim)));
            plans.add(new Plan("pause", victim.name(), () -> pause(victim)));
            plans.add(new Plan("restart", victim.name(), () -> restart(victim)));
        }
    }

    /** All but the ingresses. */
    private List<List<Instance>> stateful() {
        return cluster.services().subList(1, cluster.services().size());
    }

    private void toState(List<Plan> plans) {
        for (var service : stateful()) {
            var victim = any(service);
            plans.add(new Plan("lose state of", victim.process().name(), () -> loseState(List.of(victim))));
        }
        var whole = any(stateful());
        plans.add(new Plan("lose all state of", whole.get(0).service(), () -> loseState(whole)));
    }

    private void upgrades(List<Plan> plans) throws IOException {
        if (!cluster.upgradesInTurn()) {
            plans.add(new Plan("replace", "all services", this::replaceAll));
            return;
        }
        var services = isFromAnother ? cluster.services() : List.of(any(cluster.services()));
        for (var service : services) {
            plans.add(new Plan(UPGRADE, service.get(0).service(), () -> upgrade(service)));
        }
    }

    private void toLinks(List<Plan> plans, List<Link> links) {
        var toCut = any(links);
        plans.add(new Plan("cut", toCut.name(), () -> harm(toCut, toCut::cut)));
        var toSlow = any(links);
        plans.add(new Plan("slow", toSlow.name(), () -> harm(toSlow, () -> toSlow.slow(SLOW))));
        var toHoldUp = any(links);
        plans.add(new Plan("hold up", toHoldUp.name(), () -> harm(toHoldUp, toHoldUp::holdUp)));
    }

    /** Not of ingresses: their clocks are event time, by which codes are right or wrong and a replay is ordered. */
    private void toClocks(List<Plan> plans) {
        shifted.ifPresent(clock -> {
            for (var by : List.of(SHIFT, SHIFT.negated())) {
                var victim = any(any(stateful())).process();
                plans.add(new Plan(
                        by.isNegative() ? "set back the clock of" : "set forward the clock of",
                        victim.name(),
                        () -> shift(victim, clock, by)));
            }
        });
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

    private static void loseState(List<Instance> victims) throws IOException, InterruptedException {
        for (var each : victims) each.process().kill();
        for (var each : victims) each.loseState();
        Cluster.startAll(victims.stream().map(Instance::process).toList());
    }

    /** One after the other, each ready before the next goes. */
    private void upgrade(List<Instance> service) throws IOException, InterruptedException {
        for (var each : service) {
            cluster.upgrade(each);
            restart(each.process());
        }
    }

    /** All are stopped before the first is started: calls wait. */
    private void replaceAll() throws IOException, InterruptedException {
        var all = cluster.services().stream().flatMap(List::stream).toList();
        for (var each : all) {
            each.process().end();
            cluster.upgrade(each);
        }
        Cluster.startAll(all.stream().map(Instance::process).toList());
    }

    private void shift(ServiceProcess victim, ShiftedClock clock, Duration by)
            throws IOException, InterruptedException {
        victim.end();
        victim.start(clock.environment(by));
        victim.awaitReady();
        harm();
        restart(victim);
    }

    private void harm(Link link, Runnable harm) throws InterruptedException {
        harm.run();
        harm();
        link.heal();
    }

    private void harm() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(HARM_SECONDS_MIN + random.nextInt(HARM_SECONDS_SPREAD))
                .toMillis());
    }
}
