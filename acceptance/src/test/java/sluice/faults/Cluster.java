package sluice.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import sluice.faults.history.Log;

/** Three brokers and two of each service, all processes on this machine, and the links by which they are reached. */
final class Cluster implements AutoCloseable {
    static final String TENANT = "acme";
    static final String API_SECRET = "api-secret-of-the-fault-run";
    static final String PREFIX = "sluice.";
    private static final int BROKERS = 3;
    private static final List<String> SERVICES = List.of("track-service", "rules-processor", "challenge-service");
    private static final String LAUNCHER = "sluice.deploy.Launcher";
    private static final int INSTANCES = 2;

    private final Path folder;
    private final List<Link> brokerLinks = new ArrayList<>();
    private final List<Link> ingressLinks = new ArrayList<>();
    private final List<ServiceProcess> brokers = new ArrayList<>();
    private final List<ServiceProcess> services = new ArrayList<>();

    /** @param folder for data and output; new */
    Cluster(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        prepareBrokers();
        for (var service : SERVICES) {
            for (var instance = 1; instance <= INSTANCES; instance++) prepare(service, instance);
        }
    }

    private void prepareBrokers() throws IOException {
        var controllers = new ArrayList<String>();
        for (var each = 0; each < BROKERS; each++) controllers.add(String.valueOf(freePort()));
        var clusterId = Uuid.randomUuid().toString();
        for (var id = 1; id <= BROKERS; id++) {
            var log = folder.resolve("kafka-" + id);
            Files.writeString(folder.resolve("kafka-" + id + ".cluster-id"), clusterId);
            var port = freePort();
            var link = new Link(port);
            brokerLinks.add(link);
            var arguments = new ArrayList<>(
                    List.of(log.toString(), String.valueOf(id), String.valueOf(port), String.valueOf(link.port())));
            arguments.addAll(controllers);
            brokers.add(process("broker-" + id, BrokerProcess.class.getName(), arguments, Map.of()));
        }
    }

    private void prepare(String service, int instance) throws IOException {
        var settings = new HashMap<>(environment());
        if (service.equals("track-service")) {
            var port = freePort();
            settings.put("SLUICE_HTTP_PORT", String.valueOf(port));
            ingressLinks.add(new Link(port));
        }
        services.add(process(service + "-" + instance, LAUNCHER, List.of(service), settings));
    }

    private ServiceProcess process(String name, String main, List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        return new ServiceProcess(name, command, environment, folder.resolve(name + ".txt"));
    }

    /** What a process of the installation is told. */
    Map<String, String> environment() {
        return Map.of(
                "SLUICE_BOOTSTRAP_SERVERS",
                bootstrapServers(),
                "SLUICE_DATA_DIR",
                folder.resolve("data").toString(),
                "SLUICE_REPLICATION_FACTOR",
                String.valueOf(BROKERS),
                "SLUICE_STANDBYS",
                "1",
                "SLUICE_SESSION_TIMEOUT",
                "PT2S",
                "SLUICE_STREAM_THREADS",
                "1",
                "SLUICE_TENANT_ID",
                TENANT,
                "SLUICE_API_SECRET",
                API_SECRET,
                "SLUICE_MANAGEMENT_SECRET",
                "management-secret-of-the-fault-run");
    }

    String bootstrapServers() {
        return brokerLinks.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    /** Starts all of it and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        startAll(brokers);
        // one of them sets the installation up, in a folder that the others find then
        startAll(List.of(services.get(0)));
        startAll(services.subList(1, services.size()));
    }

    private static void startAll(List<ServiceProcess> processes) throws IOException, InterruptedException {
        for (var each : processes) each.start();
        for (var each : processes) each.awaitReady();
    }

    /** Decides all that is on the log again, from empty state, and compares: the back-test of rules that change nothing. */
    Log.Replay replay() throws IOException {
        var rules = Files.writeString(folder.resolve("candidate.json"), "{\"signIn\":[]}");
        var report = folder.resolve("backtest.json");
        var arguments = List.of(
                "backtest", "--folder", folder.toString(), "--rules", rules.toString(), "--json", report.toString());
        var backtest = process("backtest", LAUNCHER, arguments, environment());
        backtest.start();
        backtest.awaitEnd();
        var record = new ObjectMapper().readTree(report.toFile()).path("record");
        return new Log.Replay(
                record.path("compared").asLong(), record.path("deviating").asLong());
    }

    List<ServiceProcess> brokers() {
        return List.copyOf(brokers);
    }

    List<ServiceProcess> services() {
        return List.copyOf(services);
    }

    List<Link> links() {
        return IntStream.range(0, brokerLinks.size() + ingressLinks.size())
                .mapToObj(each ->
                        each < brokerLinks.size() ? brokerLinks.get(each) : ingressLinks.get(each - brokerLinks.size()))
                .toList();
    }

    /** Where clients reach the ingresses. */
    List<String> ingresses() {
        return ingressLinks.stream()
                .map(link -> "http://127.0.0.1:" + link.port() + "/v1")
                .toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        for (var each : services) if (each.isAlive()) each.kill();
        for (var each : brokers) if (each.isAlive()) each.kill();
        for (var link : links()) link.close();
    }
}
