package sluice.acceptance.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.challenge.ChallengeService;
import sluice.rules.RulesService;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.settings.Settings;
import sluice.schemas.topic.Topics;
import sluice.track.TrackService;
import sluice.track.TrackSettings;

/** An installation of Sluice in this JVM, with topics of its own on the test's broker: one or more nodes. */
public final class Sluice implements AutoCloseable {
    public static final String TENANT = "acme";
    public static final String API_SECRET = "api-secret-of-the-tests";
    public static final String MANAGEMENT_SECRET = "management-secret-of-the-tests";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, String> environment;
    private final List<URI> urls = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Deque<Part> running = new ArrayDeque<>();

    /** Something that runs, and how it is stopped. */
    private interface Part {
        void stop() throws IOException;
    }

    private Sluice(Map<String, String> environment) {
        this.environment = environment;
    }

    /** An installation that nothing of runs yet. */
    public static Sluice on(Bootstrap kafka, Path folder) {
        var environment = new HashMap<String, String>();
        environment.put("SLUICE_BOOTSTRAP_SERVERS", kafka.servers());
        environment.put("SLUICE_DATA_DIR", folder.toString());
        environment.put("SLUICE_TOPIC_PREFIX", "test-" + UUID.randomUUID() + ".");
        environment.put("SLUICE_HTTP_PORT", "0");
        environment.put("SLUICE_STREAM_THREADS", "1");
        environment.put("SLUICE_SESSION_TIMEOUT", "PT2S");
        environment.put("SLUICE_TENANT_ID", TENANT);
        environment.put("SLUICE_API_SECRET", API_SECRET);
        environment.put("SLUICE_MANAGEMENT_SECRET", MANAGEMENT_SECRET);
        return new Sluice(environment);
    }

    /** An installation that was there before, of whose nodes none runs any more. */
    public static Sluice again(Map<String, String> environment) {
        return new Sluice(new HashMap<>(environment));
    }

    /** Changes a setting of the nodes that start from now on. */
    public Sluice with(String setting, String value) {
        environment.put(setting, value);
        return this;
    }

    /** What a process of the installation is told. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Starts one more node with all services, and waits until it is ready. */
    public Sluice start() throws Exception {
        startIngress(startProcessors());
        return this;
    }

    /** Starts an ingress that nothing stands behind. */
    public Sluice startIngressAlone() throws Exception {
        startIngress(join());
        return this;
    }

    /** Starts what stands behind an ingress. */
    public Sluice startProcessorsAlone() throws Exception {
        awaitReady(startProcessors());
        return this;
    }

    /** Starts one service that stands behind an ingress, on a node of its own, and waits until it is ready. */
    public Sluice startProcessorAlone(String service) throws Exception {
        var node = join();
        switch (service) {
            case "rules-processor" -> running.push(RulesService.start(node)::close);
            case "challenge-service" -> running.push(ChallengeService.start(node)::close);
            default -> throw new IllegalArgumentException(service);
        }
        awaitReady(node);
        return this;
    }

    private Node startProcessors() throws Exception {
        var node = join();
        running.push(RulesService.start(node)::close);
        running.push(ChallengeService.start(node)::close);
        return node;
    }

    private void startIngress(Node node) throws Exception {
        var track = TrackService.start(node, TrackSettings.from(new Settings(environment)));
        running.push(track::close);
        urls.add(track.publicUrl());
        awaitReady(node);
    }

    /** Joins the installation with a node that has no service yet. */
    public Node join() throws Exception {
        var node = Node.join(NodeSettings.from(new Settings(environment)), step -> {});
        nodes.add(node);
        running.push(node::close);
        return node;
    }

    private static void awaitReady(Node node) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> node.health()
                .isReady());
    }

    /** The API of a node's ingress, in the order of starting. */
    public Api api(int ingress) {
        return new Api(urls.get(ingress));
    }

    public Node node() {
        return nodes.get(0);
    }

    /** What all nodes have counted, in Prometheus' text format. */
    public String metrics() {
        return nodes.stream().map(node -> node.meters().scrape()).collect(Collectors.joining("\n"));
    }

    public Topics topics() {
        return node().topics();
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) running.pop().stop();
    }
}
