package sluice.bench.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.bench.bare.BareMain;
import sluice.bench.bare.Sizes;
import sluice.bench.process.Folders;
import sluice.bench.process.LocalProcess;

/** One broker, and beside each other on it Sluice and the bare system, each a process. */
final class Rig implements AutoCloseable {
    private static final int HEAP_MIB = 512;
    private static final String LAUNCHER = "sluice.deploy.Launcher";
    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int kafkaPort = Ports.free();
    private final int sluicePort = Ports.free();
    private final int barePort = Ports.free();
    private final Deque<LocalProcess> processes = new ArrayDeque<>();

    /** @param folder for data and output; new */
    Rig(Path folder) throws IOException {
        Folders.delete(folder);
        this.folder = Files.createDirectories(folder);
    }

    LocalProcess startBroker() throws IOException, InterruptedException {
        return prepared("broker", LAUNCHER, List.of("kafka"), Map.of("SLUICE_KAFKA_PORT", String.valueOf(kafkaPort)))
                .start();
    }

    /** All of Sluice but the broker. */
    LocalProcess startSluice() throws IOException, InterruptedException {
        return sluice().start();
    }

    LocalProcess sluice() {
        return prepared(
                "sluice",
                LAUNCHER,
                List.of("up"),
                Map.of(
                        "SLUICE_BOOTSTRAP_SERVERS", bootstrapServers(),
                        "SLUICE_HTTP_PORT", String.valueOf(sluicePort)));
    }

    /** All of Sluice with the broker in it, as {@code ./sluice up} is; tells what it restores. */
    LocalProcess upWithBroker() {
        return prepared(
                "up",
                List.of("-Dlogback.configurationFile=sluice/bench/restoring-logback.xml"),
                LAUNCHER,
                List.of("up"),
                Map.of(
                        "SLUICE_KAFKA_PORT", String.valueOf(kafkaPort),
                        "SLUICE_HTTP_PORT", String.valueOf(sluicePort)));
    }

    /** One service of several processes; an ingress listens where {@link #sluiceAddress} says. */
    LocalProcess service(String service, int instance) {
        return prepared(
                service + "-" + instance,
                LAUNCHER,
                List.of(service),
                Map.of(
                        "SLUICE_BOOTSTRAP_SERVERS", bootstrapServers(),
                        "SLUICE_HTTP_PORT", String.valueOf(sluicePort),
                        "SLUICE_SESSION_TIMEOUT", "PT2S"));
    }

    /** The data of the installation: keys, log and state. */
    Path data() {
        return folder.resolve("data");
    }

    LocalProcess startBare(Sizes sizes) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(String.valueOf(barePort)));
        arguments.addAll(sizes.arguments());
        return prepared(
                        "bare",
                        BareMain.class.getName(),
                        arguments,
                        Map.of("SLUICE_BOOTSTRAP_SERVERS", bootstrapServers()))
                .start();
    }

    /** A process of the installation, not started; ended with the rig. */
    LocalProcess prepared(String name, String main, List<String> arguments, Map<String, String> told) {
        return prepared(name, List.of(), main, arguments, told);
    }

    /** The same, with options of the Java machine. */
    LocalProcess prepared(
            String name, List<String> options, String main, List<String> arguments, Map<String, String> told) {
        var environment = new HashMap<>(Map.of(
                "SLUICE_DATA_DIR", data().toString(),
                "SLUICE_TENANT_ID", Tenant.ID,
                "SLUICE_API_SECRET", Tenant.API_SECRET,
                "SLUICE_MANAGEMENT_SECRET", Tenant.MANAGEMENT_SECRET));
        environment.putAll(told);
        var process = new LocalProcess(name, HEAP_MIB, options, main, arguments, environment, folder);
        processes.push(process);
        return process;
    }

    String bootstrapServers() {
        return LOOPBACK + ":" + kafkaPort;
    }

    InetSocketAddress sluiceAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), sluicePort);
    }

    InetSocketAddress bareAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), barePort);
    }

    /** Ends all, and leaves only what the processes printed. */
    @Override
    public void close() throws IOException {
        while (!processes.isEmpty()) processes.pop().close();
        Folders.delete(data());
    }
}
