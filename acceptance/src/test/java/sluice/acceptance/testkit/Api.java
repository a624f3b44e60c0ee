package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The API of one ingress, as a backend, a management client and a user's client call it. */
public record Api(URI url) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer: every one has a JSON body. */
    public record Answer(int status, JsonNode body, Optional<String> retryAfter) {
        public String text(String field) {
            return body.path(field).asText();
        }
    }

    public Answer track(String userId, String action, Map<String, Object> attributes) {
        return backend("POST", "/users/" + encoded(userId) + "/actions/" + action, attributes);
    }

    public Answer enroll(String token) {
        return client("/client/user-authenticators/totp", token, Map.of());
    }

    public Answer verify(String token, String code) {
        return client("/client/verify/totp", token, Map.of("verificationCode", code));
    }

    public Answer validate(String token) {
        return backend("POST", "/validate", Map.of("token", token));
    }

    public Answer backend(String method, String path, Map<String, Object> body) {
        return backend(Sluice.API_SECRET, method, path, body);
    }

    /** As the backend that has this secret. */
    public Answer backend(String apiSecret, String method, String path, Map<String, Object> body) {
        return call(method, path, basic(apiSecret), body);
    }

    /** @param path below {@code /management} */
    public Answer management(String method, String path, Map<String, Object> body) {
        return call(method, "/management" + path, basic(Sluice.MANAGEMENT_SECRET), body);
    }

    public Answer client(String path, String token, Map<String, Object> body) {
        return call("POST", path, "Bearer " + token, body);
    }

    /** A call of the client API that is no POST. */
    public Answer client(String method, String path, String token, Map<String, Object> body) {
        return call(method, path, "Bearer " + token, body);
    }

    private Answer call(String method, String path, String authorization, Map<String, Object> body) {
        try {
            var content = method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body));
            var request = HttpRequest.newBuilder(URI.create(url + "/v1" + path))
                    .timeout(PATIENCE)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .method(method, content)
                    .build();
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    JSON.readTree(response.body()),
                    response.headers().firstValue("Retry-After"));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String encoded(String pathPart) {
        return URLEncoder.encode(pathPart, UTF_8).replace("+", "%20");
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(UTF_8));
    }
}
