package sluice.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.challenge.ChallengeService;
import sluice.rules.RulesService;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.ClientSecurity;
import sluice.track.TrackService;
import sluice.track.TrackSettings;

/** What runs in this process: some or all of Sluice's services, and the embedded broker where it is wanted. */
final class Installation implements AutoCloseable {
    static final Set<String> ALL = Set.of("track-service", "rules-processor", "challenge-service");

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private static final Duration READY_PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS_PER_STEP = 100;
    private static final int FAILED = 1;

    /** What can't go on may not be able to stop either. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Progress progress = new Progress();
    private Optional<Node> node = Optional.empty();
    private Optional<TrackService> track = Optional.empty();

    private Installation() {}

    /** Starts the embedded broker alone. */
    static Installation broker(NodeSettings node, LocalSettings local) throws IOException {
        var installation = new Installation();
        installation.startBroker(node, local);
        System.out.println("sluice kafka ready 127.0.0.1:" + local.kafkaPort());
        return installation;
    }

    /**
     * Starts services and waits until they are ready.
     *
     * @throws CommandFailedException if this machine does not allow it
     */
    static Installation start(NodeSettings node, TrackSettings track, LocalSettings local, Set<String> services)
            throws IOException, InterruptedException, TimeoutException {
        var installation = new Installation();
        try {
            installation.startAll(node, track, local, services);
            return installation;
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private void startAll(NodeSettings settings, TrackSettings trackSettings, LocalSettings local, Set<String> services)
            throws IOException, InterruptedException, TimeoutException {
        LocalSettings.requireRoom(settings.dataDirectory());
        if (services.contains("track-service")) LocalSettings.requireFree(trackSettings.httpPort(), "SLUICE_HTTP_PORT");
        if (services.equals(ALL) && local.hasEmbeddedKafka()) startBroker(settings, local);
        var node = opened(Node.join(settings, progress::step));
        this.node = Optional.of(node);
        progress.step("starting " + String.join(", ", services.stream().sorted().toList()));
        if (services.contains("rules-processor")) opened(RulesService.start(node));
        if (services.contains("challenge-service")) opened(ChallengeService.start(node));
        if (services.contains("track-service")) track = Optional.of(opened(TrackService.start(node, trackSettings)));
        awaitReady(node);
        track.ifPresentOrElse(
                service -> System.out.println("sluice ready " + service.publicUrl() + " tenant=" + service.tenantId()),
                () -> System.out.println("sluice ready " + String.join(",", services) + " " + node.endpointUrl()));
    }

    private void startBroker(NodeSettings settings, LocalSettings local) throws IOException {
        if (settings.kafkaSecurity().isSet()) {
            throw new CommandFailedException(
                    "The embedded broker speaks plain text and knows no logins: unset %s, or set SLUICE_BOOTSTRAP_SERVERS to another."
                            .formatted(ClientSecurity.FILE));
        }
        LocalSettings.requireRoom(settings.dataDirectory());
        LocalSettings.requireFree(local.kafkaPort(), "SLUICE_KAFKA_PORT");
        progress.step("starting Kafka on 127.0.0.1:" + local.kafkaPort());
        opened(EmbeddedKafka.start(
                settings.dataDirectory().resolve("kafka").toAbsolutePath(),
                local.kafkaPort(),
                LocalSettings.freePort()));
    }

    private <T extends AutoCloseable> T opened(T part) {
        running.push(part);
        return part;
    }

    private void awaitReady(Node node) throws InterruptedException {
        var deadline = System.nanoTime() + READY_PATIENCE.toNanos();
        for (var looks = 1; !node.health().isReady(); looks++) {
            if (node.failure().isDone()) {
                haltIfTheEndHangs();
                throw new CommandFailedException("sluice: " + node.failure().join());
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException("Not ready after %d s: %s"
                        .formatted(READY_PATIENCE.toSeconds(), node.health().parts()));
            }
            if (looks % LOOKS_PER_STEP == 0) progress.step("waiting for " + waitedFor(node));
            Thread.sleep(LOOK.toMillis());
        }
        progress.step("ready");
    }

    private static String waitedFor(Node node) {
        return String.join(
                ", ",
                node.health().parts().entrySet().stream()
                        .filter(part -> !part.getValue())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Where the API answers, if it runs here. */
    Optional<TrackService> track() {
        return track;
    }

    /** Runs until SIGINT or SIGTERM, then stops cleanly; or until it can't go on, and ends with a status that says so. */
    void runUntilStopped() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        node.ifPresent(each -> each.failure().thenAccept(Installation::end));
        stopped.await();
    }

    /** Apart from the thread that tells of it, which has to end first. */
    private static void end(String why) {
        System.err.println("sluice: " + why);
        haltIfTheEndHangs();
        new Thread(() -> System.exit(FAILED), "end").start();
    }

    private static void haltIfTheEndHangs() {
        var guard = new Thread(
                () -> {
                    LockSupport.parkNanos(END_PATIENCE.toNanos());
                    Runtime.getRuntime().halt(FAILED);
                },
                "halt");
        guard.setDaemon(true);
        guard.start();
    }

    private void stop() {
        close();
        System.err.println("sluice: stopped");
        stopped.countDown();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            var part = running.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
