package sluice.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import sluice.track.tenant.Credentials;

/** Calls the API as a backend, a user's client and an operator would, printing each call. */
final class DemoClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI url;
    private final Credentials credentials;

    DemoClient(URI url, Credentials credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    static boolean isLive(URI url) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(url.resolve("/health/live"))
                    .timeout(PATIENCE)
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    JsonNode backend(String method, String path, Map<String, Object> body) throws IOException, InterruptedException {
        return call(method, path, basic(credentials.apiSecret()), body);
    }

    JsonNode management(String method, String path, Map<String, Object> body) throws IOException, InterruptedException {
        return call(method, path, basic(credentials.managementSecret()), body);
    }

    JsonNode client(String path, JsonNode token, Map<String, Object> body) throws IOException, InterruptedException {
        return call("POST", path, "Bearer " + token.textValue(), body);
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(UTF_8));
    }

    private JsonNode call(String method, String path, String authorization, Map<String, Object> body)
            throws IOException, InterruptedException {
        System.out.printf("   > %s /v1%s%n", method, path);
        var request = HttpRequest.newBuilder(url.resolve("/v1" + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    }
}
