package sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import sluice.runtime.seal.OwnerOnlyFile;

/**
 * A real Kafka broker with its own KRaft controller inside this process, its data on disk. The one class that knows
 * Kafka's server, whose classes are not a public interface: the version is pinned.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int REPLICAS_MAX = 3;
    private static final String CONTROLLER = "CONTROLLER";
    private static final String FIRST = "PLAINTEXT";

    private final KafkaRaftServer server;

    private EmbeddedKafka(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * A broker among those of its cluster, all on 127.0.0.1.
     *
     * @param id its number
     * @param entrances where it is reached; the other brokers come by the first
     * @param controllerPorts of every broker of the cluster, by its number
     */
    public record Member(int id, List<Entrance> entrances, Map<Integer, Integer> controllerPorts) {
        public Member {
            entrances = List.copyOf(entrances);
            controllerPorts = Map.copyOf(controllerPorts);
        }

        /** The only broker of its cluster. */
        static Member alone(int port, int controllerPort) {
            return new Member(1, List.of(new Entrance(port, port)), Map.of(1, controllerPort));
        }

        /** The listeners, each of a name of its own, at the ports that a function picks. */
        private String listeners(ToIntFunction<Entrance> port) {
            return IntStream.range(0, entrances.size())
                    .mapToObj(each -> name(each) + "://127.0.0.1:" + port.applyAsInt(entrances.get(each)))
                    .collect(Collectors.joining(","));
        }

        private String protocols() {
            return IntStream.range(0, entrances.size())
                    .mapToObj(each -> name(each) + ":PLAINTEXT")
                    .collect(Collectors.joining(","));
        }

        private static String name(int entrance) {
            return entrance == 0 ? FIRST : FIRST + "_" + entrance;
        }

        private int replicas() {
            return Math.min(REPLICAS_MAX, controllerPorts.size());
        }

        private String voters() {
            return controllerPorts.entrySet().stream()
                    .map(each -> each.getKey() + "@127.0.0.1:" + each.getValue())
                    .sorted()
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * A way into a broker: who came by it is sent back to it.
     *
     * @param port where the broker listens
     * @param advertisedPort where it is reached
     */
    public record Entrance(int port, int advertisedPort) {}

    /**
     * Starts the only broker of a cluster, on the data that it left behind if there is any.
     *
     * @param folder where its log is
     * @param port on 127.0.0.1
     * @param controllerPort likewise, for the broker's own use
     * @throws IOException if the folder can't be written
     */
    public static EmbeddedKafka start(Path folder, int port, int controllerPort) throws IOException {
        return start(folder, Member.alone(port, controllerPort));
    }

    /**
     * Starts a broker of a cluster, whose id is in the file {@code <folder>.cluster-id} of each of its brokers.
     *
     * @param folder where its log is
     * @throws IOException if the folder can't be written
     */
    public static EmbeddedKafka start(Path folder, Member member) throws IOException {
        return start(folder, member, Map.of());
    }

    /**
     * Starts a broker that is told more, such as who may do what.
     *
     * @param more of Kafka's settings; they go before Sluice's own
     * @throws IOException if the folder can't be written
     */
    public static EmbeddedKafka start(Path folder, Member member, Map<String, String> more) throws IOException {
        Files.createDirectories(folder);
        format(folder, member);
        var properties = properties(folder, member);
        properties.putAll(more);
        var server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server);
    }

    /** Does nothing where the folder is formatted already, for the cluster of that id. */
    private static void format(Path folder, Member member) throws IOException {
        var clusterId = new OwnerOnlyFile(folder.resolveSibling(folder.getFileName() + ".cluster-id"))
                .readOrCreate(() -> Uuid.randomUuid().toString());
        var formatter = new Formatter();
        formatter
                .setNodeId(member.id())
                .setClusterId(clusterId)
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw new IOException("Can't prepare " + folder + " for Kafka: " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException("Can't format " + folder, e);
        }
    }

    private static Properties properties(Path folder, Member member) {
        var controllerPort = member.controllerPorts().getOrDefault(member.id(), 0);
        var replicas = String.valueOf(member.replicas());
        var inSync = String.valueOf(Math.max(1, member.replicas() - 1));
        var properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(member.id()));
        properties.put("controller.quorum.voters", member.voters());
        properties.put("controller.listener.names", CONTROLLER);
        properties.put(
                "listeners", member.listeners(Entrance::port) + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", member.listeners(Entrance::advertisedPort));
        properties.put("inter.broker.listener.name", FIRST);
        properties.put("listener.security.protocol.map", member.protocols() + "," + CONTROLLER + ":PLAINTEXT");
        properties.put("log.dirs", folder.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("min.insync.replicas", inSync);
        properties.put("offsets.topic.replication.factor", replicas);
        properties.put("offsets.topic.num.partitions", "4");
        // an installation that was off for longer than that would read its log from the beginning, onto its state
        properties.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
        properties.put("transaction.state.log.replication.factor", replicas);
        properties.put("transaction.state.log.min.isr", inSync);
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", replicas);
        properties.put("share.coordinator.state.topic.min.isr", inSync);
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        // after a crash the broker waits until its former self has timed out, and the others until it has: what all
        // replicas must have, a group's heartbeat among it, waits for as long, and groups with a time-out of 2 s
        // must not take their members for dead meanwhile
        properties.put("broker.session.timeout.ms", member.replicas() == 1 ? "3000" : "1500");
        properties.put("broker.heartbeat.interval.ms", member.replicas() == 1 ? "500" : "250");
        properties.put("controller.quorum.fetch.timeout.ms", "1500");
        properties.put("controller.quorum.election.timeout.ms", "700");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        properties.put("log.segment.bytes", String.valueOf(128 << 20));
        properties.put("num.network.threads", member.entrances().size() == 1 ? "2" : "1");
        properties.put("num.io.threads", "4");
        return properties;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
