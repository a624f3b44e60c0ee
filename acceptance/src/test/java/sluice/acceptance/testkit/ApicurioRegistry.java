package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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
                        // of 6 s of a processor, the second compiler takes half to start a server that soon ends
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=0",
                        "-jar",
                        "quarkus-run.jar")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var registry = new ApicurioRegistry(process, port);
        Runtime.getRuntime().addShutdownHook(new Thread(registry::close));
        Awaitility.await()
                .atMost(START_PATIENCE)
                .failFast("Apicurio has ended", () -> !process.isAlive())
                .until(() -> registry.get("/subjects").isPresent());
        return registry;
    }

    /** Sets how far a schema may be from those before it, of any subject. */
    public void allowOnly(String compatibility) {
        var body = BodyPublishers.ofString("{\"compatibility\":\"" + compatibility + "\"}");
        var request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .header("Content-Type", "application/json")
                .PUT(body);
        if (answer(request).isEmpty()) throw new IllegalStateException("Apicurio does not take " + compatibility);
    }

    /** Its REST API, as Confluent's clients speak it. */
    public String url() {
        return url;
    }

    /** What it answers; empty if it does not. */
    public Optional<JsonNode> get(String path) {
        return answer(HttpRequest.newBuilder(URI.create(url + path)));
    }

    private static Optional<JsonNode> answer(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
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
