package sluice.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import sluice.faults.history.Log;

/**
 * Three brokers and two of each service, all processes on this machine, and the links by which they are reached: the
 * ingresses by clients, the others by the ingresses, each broker by the other brokers, and each broker by each instance.
 */
final class Cluster implements AutoCloseable {
    static final String TENANT = "acme";
    static final String API_SECRET = "api-secret-of-the-fault-run";
    static final String PREFIX = "sluice.";
    static final int BROKERS = 3;
    private static final List<String> SERVICES = List.of("track-service", "rules-processor", "challenge-service");
    private static final String LAUNCHER = "sluice.deploy.Launcher";
    private static final int INSTANCES = 2;

    private final Path folder;
    private final Build build;
    private final Ports ports = new Ports();
    private final List<Link> betweenBrokers = new ArrayList<>();
    private final List<Link> toIngresses = new ArrayList<>();
    private final Map<String, List<Link>> toBrokers = new TreeMap<>();
    private final List<ServiceProcess> brokers = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();

    /**
     * Prepares; {@link #start} runs it.
     *
     * @param folder for data and output; new
     * @param from build that the services are of until they are upgraded
     */
    Cluster(Path folder, Build from) throws IOException {
        this.folder = folder;
        this.build = from;
        Files.createDirectories(folder);
        prepareBrokers();
        for (var service : SERVICES) {
            for (var each = 1; each <= INSTANCES; each++) instances.add(prepare(service, service + "-" + each));
        }
    }

    private void prepareBrokers() throws IOException {
        var controllers = new ArrayList<String>();
        for (var each = 0; each < BROKERS; each++) controllers.add(String.valueOf(ports.free()));
        var clusterId = Uuid.randomUuid().toString();
        for (var id = 1; id <= BROKERS; id++) {
            Files.writeString(folder.resolve("kafka-" + id + ".cluster-id"), clusterId);
            var arguments = new ArrayList<>(
                    List.of(folder.resolve("kafka-" + id).toString(), String.valueOf(id), entrances(id)));
            arguments.addAll(controllers);
            var command = Build.current().command(BrokerProcess.class.getName(), arguments);
            brokers.add(process("broker-" + id, command, Map.of()));
        }
    }

    /** One for the other brokers and for readers, and one for each instance, so that it alone can be cut off. */
    private String entrances(int broker) throws IOException {
        var entrances = new ArrayList<String>();
        var common = linkTo("broker-" + broker + " from the brokers", entrances);
        betweenBrokers.add(common);
        for (var service : SERVICES) {
            for (var each = 1; each <= INSTANCES; each++) {
                var name = service + "-" + each;
                var link = linkTo(name + " from one broker", entrances);
                toBrokers.computeIfAbsent(name, none -> new ArrayList<>()).add(link);
            }
        }
        return String.join(",", entrances);
    }

    private Link linkTo(String name, List<String> entrances) throws IOException {
        var port = ports.free();
        var link = new Link(name, port);
        entrances.add(port + ":" + link.port());
        return link;
    }

    private Instance prepare(String service, String name) throws IOException {
        var data = folder.resolve("data").resolve(name);
        var links = toBrokers.getOrDefault(name, List.of());
        var settings = new HashMap<>(environment(servers(links), data));
        Optional<Link> queries = Optional.empty();
        var port = ports.free();
        if (service.equals("track-service")) {
            settings.put("SLUICE_HTTP_PORT", String.valueOf(port));
            toIngresses.add(new Link("clients from " + name, port));
        } else {
            var link = new Link(name + " from queries", port);
            settings.put("SLUICE_INTERNAL_PORT", String.valueOf(port));
            settings.put("SLUICE_INTERNAL_URL", "http://127.0.0.1:" + link.port());
            queries = Optional.of(link);
        }
        return new Instance(
                service, process(name, build.command(LAUNCHER, List.of(service)), settings), data, links, queries);
    }

    private ServiceProcess process(String name, List<String> command, Map<String, String> environment) {
        return new ServiceProcess(name, command, environment, folder.resolve(name + ".txt"));
    }

    /** What a process of the installation is told that nothing is done to. */
    Map<String, String> environment() {
        return environment(bootstrapServers(), instances.get(0).data());
    }

    private static Map<String, String> environment(String bootstrapServers, Path data) {
        return Map.of(
                "SLUICE_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "SLUICE_DATA_DIR",
                data.toString(),
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
        return servers(betweenBrokers);
    }

    private static String servers(List<Link> links) {
        return links.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    /** Starts all of it and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        // one of them sets the installation up, and makes the keys that the others are given
        var first = instances.get(0);
        startAll(Stream.concat(brokers.stream(), Stream.of(first.process())).toList());
        var others = instances.subList(1, instances.size());
        for (var each : others) each.takeKeysFrom(first);
        startAll(others.stream().map(Instance::process).toList());
        new Durability(bootstrapServers()).require();
    }

    static void startAll(List<ServiceProcess> processes) throws IOException, InterruptedException {
        for (var each : processes) each.start();
        for (var each : processes) each.awaitReady();
    }

    /** Decides all that is on the log again, from empty state, and compares: the back-test of rules that change nothing. */
    Log.Replay replay() throws IOException {
        var rules = Files.writeString(folder.resolve("candidate.json"), "{\"signIn\":[]}");
        var report = folder.resolve("backtest.json");
        var arguments = List.of(
                "backtest", "--folder", folder.toString(), "--rules", rules.toString(), "--json", report.toString());
        var backtest = process("backtest", Build.current().command(LAUNCHER, arguments), environment());
        backtest.start();
        backtest.awaitEnd();
        var record = new ObjectMapper().readTree(report.toFile()).path("record");
        return new Log.Replay(
                record.path("compared").asLong(), record.path("deviating").asLong());
    }

    /** Whether instances can be upgraded one after the other: those of either build read what the others write. */
    boolean upgradesInTurn() throws IOException {
        return build.reads(Build.current());
    }

    /** Lets an instance be of the current build from its next start on. */
    void upgrade(Instance instance) throws IOException {
        instance.process().isOf(Build.current().command(LAUNCHER, List.of(instance.service())));
    }

    List<ServiceProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** By service, in the order of the flow. */
    List<List<Instance>> services() {
        var byService = instances.stream().collect(groupingBy(Instance::service, toList()));
        return SERVICES.stream()
                .map(service -> byService.getOrDefault(service, List.of()))
                .toList();
    }

    /** Links between clients and ingresses. */
    List<Link> toIngresses() {
        return List.copyOf(toIngresses);
    }

    /** Links by which ingresses ask the owners of state. */
    List<Link> toQueries() {
        return instances.stream().flatMap(each -> each.queries().stream()).toList();
    }

    /** Links between an instance and a broker. */
    List<Link> toOneBroker() {
        return instances.stream().flatMap(each -> each.brokers().stream()).toList();
    }

    /** Links by which the brokers reach each other, one for each broker that is reached. */
    List<Link> betweenBrokers() {
        return List.copyOf(betweenBrokers);
    }

    private List<Link> links() {
        return Stream.of(toIngresses, toQueries(), toOneBroker(), betweenBrokers)
                .flatMap(List::stream)
                .toList();
    }

    /** Where clients reach the ingresses. */
    List<String> ingresses() {
        return toIngresses.stream()
                .map(link -> "http://127.0.0.1:" + link.port() + "/v1")
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (var each : instances) if (each.process().isAlive()) each.process().kill();
        for (var each : brokers) if (each.isAlive()) each.kill();
        for (var link : links()) link.close();
    }
}
