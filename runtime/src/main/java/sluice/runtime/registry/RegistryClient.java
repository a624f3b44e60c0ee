package sluice.runtime.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Speaks the REST API that Confluent's schema registry has, and others took over. Thread-safe. */
final class RegistryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;

    private final RegistrySettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    private record Answer(int status, JsonNode body) {}

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
    }

    /**
     * Registers a schema, or finds that it is there.
     *
     * @return its id
     * @throws IOException if the registry can't be reached, or can't do its work now
     * @throws IllegalStateException if it refuses
     */
    int register(String subject, Schema schema) throws IOException, InterruptedException {
        var answer = post("/subjects/" + encoded(subject) + "/versions", schema);
        if (answer.status() != OK) throw refused(subject, answer);
        return answer.body().path("id").intValue();
    }

    /**
     * Finds a schema under a subject.
     *
     * @return its id; empty if it is not there
     * @throws IOException as above
     * @throws IllegalStateException likewise
     */
    OptionalInt find(String subject, Schema schema) throws IOException, InterruptedException {
        var answer = post("/subjects/" + encoded(subject), schema);
        if (answer.status() == NOT_FOUND) return OptionalInt.empty();
        if (answer.status() != OK) throw refused(subject, answer);
        return OptionalInt.of(answer.body().path("id").intValue());
    }

    /**
     * Finds the schema of an id.
     *
     * @return the schema; empty if the registry has none of that id, or one that is not Avro's
     * @throws IOException if the registry does not answer so that one or the other is sure
     */
    Optional<Schema> schema(int id) throws IOException, InterruptedException {
        var answer = send(request("/schemas/ids/" + id).GET().build());
        if (answer.status() == NOT_FOUND) return Optional.empty();
        if (answer.status() != OK) throw new IOException("status " + answer.status());
        try {
            return Optional.of(
                    new Schema.Parser().parse(answer.body().path("schema").asText()));
        } catch (AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    private Answer post(String path, Schema schema) throws IOException, InterruptedException {
        var body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
        return send(request(path)
                .header("Content-Type", CONTENT_TYPE)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        var base = settings.url().toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", CONTENT_TYPE + ", application/json");
        settings.userInfo()
                .ifPresent(userInfo -> request.header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8))));
        return request;
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofByteArray());
        var status = response.statusCode();
        if (status >= SERVER_FAULT || status == TOO_MANY) throw new IOException("status " + status);
        try {
            return new Answer(status, JSON.readTree(response.body()));
        } catch (IOException e) {
            if (status == OK) throw new IOException("an answer that is no JSON", e);
            return new Answer(status, JSON.createObjectNode());
        }
    }

    private IllegalStateException refused(String subject, Answer answer) {
        return new IllegalStateException("The schema registry at %s refuses the schema of %s: %d %s"
                .formatted(
                        settings.url(),
                        subject,
                        answer.status(),
                        answer.body().path("message").asText()));
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }
}
