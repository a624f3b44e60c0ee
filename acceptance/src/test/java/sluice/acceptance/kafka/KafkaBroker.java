package sluice.acceptance.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import sluice.deploy.EmbeddedKafka;

/**
 * A real broker for integration tests, one for all test classes of a run: in a container where a Docker engine answers,
 * embedded where none does. Every test class uses topics of its own. {@code -Dsluice.test.kafka=container} or
 * {@code embedded} takes the choice away; {@code -Dsluice.test.kafka.image=…} names another image.
 */
public final class KafkaBroker implements BeforeAllCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(KafkaBroker.class);
    private static final String IMAGE = System.getProperty("sluice.test.kafka.image", "apache/kafka:4.3.1");
    private static final String KIND = System.getProperty("sluice.test.kafka", "whatever is there");

    /** A broker that runs until the last test class is done. */
    private record Running(String bootstrapServers, Runnable stop) implements AutoCloseable {
        @Override
        public void close() {
            stop.run();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    private static Running running(ExtensionContext context) {
        Store store = context.getRoot().getStore(OURS);
        return store.getOrComputeIfAbsent(Running.class, type -> start(), Running.class);
    }

    private static Running start() {
        var isContainer = KIND.equals("container")
                || (!KIND.equals("embedded") && DockerClientFactory.instance().isDockerAvailable());
        var running = isContainer ? container() : embedded();
        System.out.printf(
                "Integration tests run on %s, at %s%n",
                isContainer
                        ? "a broker in a container, image " + IMAGE
                        : "the embedded broker (no Docker engine answers)",
                running.bootstrapServers());
        return running;
    }

    private static Running container() {
        var container = new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"))
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return new Running(container.getBootstrapServers(), container::stop);
    }

    private static Running embedded() {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "kafka-");
            var port = freePort();
            return new Running("127.0.0.1:" + port, EmbeddedKafka.start(folder, port, freePort())::close);
        } catch (IOException e) {
            throw new IllegalStateException("No broker to test with", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Bootstrap.class);
    }

    @Override
    public Bootstrap resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Bootstrap(running(context).bootstrapServers());
    }

    /** Where the broker answers: ask for it as a parameter. */
    public record Bootstrap(String servers) {}
}
