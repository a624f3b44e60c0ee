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
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;
import sluice.deploy.EmbeddedKafka;

/**
 * A real broker for integration tests, one for all test classes of a run: in a container where a Docker engine answers
 * and has the image or can fetch it, else embedded; the output says which, and why. Every test class uses topics of its own. {@code -Dsluice.test.kafka=container} or
 * {@code embedded} takes the choice away; {@code -Dsluice.test.kafka.image=…} names another image.
 */
public final class KafkaBroker implements BeforeAllCallback, ParameterResolver {
    private static final Namespace OURS = Namespace.create(KafkaBroker.class);
    private static final String IMAGE = System.getProperty("sluice.test.kafka.image", "apache/kafka:4.3.1");
    private static final String KIND = System.getProperty("sluice.test.kafka", "whatever is there");

    /** A broker that runs until the last test class is done. */
    private record Running(String kind, String bootstrapServers, Runnable stop) implements AutoCloseable {
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
        var running =
                switch (KIND) {
                    case "container" -> container();
                    case "embedded" -> embedded("as told");
                    default -> whatIsThere();
                };
        System.out.printf("Integration tests run on %s, at %s%n", running.kind(), running.bootstrapServers());
        return running;
    }

    /** An engine that can't fetch the image, in a closed network, is as good as none. */
    private static Running whatIsThere() {
        if (!DockerClientFactory.instance().isDockerAvailable()) return embedded("no Docker engine answers");
        try {
            return container();
        } catch (ContainerFetchException e) {
            return embedded("a Docker engine answers, but the image " + IMAGE + " is not to be had");
        }
    }

    private static Running container() {
        var container = new KafkaContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("apache/kafka"))
                .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.getDockerImageName(); // fetches the image; start() would hide that in a failure of its own
        container.start();
        return new Running("a broker in a container, image " + IMAGE, container.getBootstrapServers(), container::stop);
    }

    private static Running embedded(String why) {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "kafka-");
            var port = freePort();
            var broker = EmbeddedKafka.start(folder, port, freePort());
            return new Running("the embedded broker (" + why + ")", "127.0.0.1:" + port, broker::close);
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
