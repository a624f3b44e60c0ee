package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** Apicurio's registry as a process of its own, its data in memory. */
public final class ApicurioRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final String url;

    private ApicurioRegistry(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /**
     * Starts one.
     *
     * @param folder where its archive was unpacked
     * @param java the java of a JDK 21 or newer
     */
    public static ApicurioRegistry start(Path folder, String java) throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var process = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        "quarkus-run.jar")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var registry = new ApicurioRegistry(process, port);
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close));
        Awaitility.await().atMost(START_PATIENCE).until(() -> registry.answers("/subjects"));
        return registry;
    }

    private boolean answers(String path) {
        return get(path).isPresent();
    }

    /** Its REST API, as Confluent's clients speak it. */
    public String url() {
        return url;
    }

    /** What it answers; empty if it does not. */
    public Optional<JsonNode> get(String path) {
        try {
            var response =
                    HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(JSON.readTree(response.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
