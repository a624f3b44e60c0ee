package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.acceptance.testkit.Api.Answer;

/** The API as its own OpenAPI document tells of it: every answer is compared with what the document says. */
public final class DocumentedApi {
    public static final String FORM = "application/x-www-form-urlencoded";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BROWSER =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");

    private final URI url;
    private final JsonNode document;
    private final Map<String, Operation> operations = new TreeMap<>();
    private final Set<String> succeeded = new TreeSet<>();
    private final Set<String> refused = new TreeSet<>();
    private final AnsweredFields fields;

    /** An operation of the document, by its {@code operationId}. */
    public record Operation(String id, String method, String path, JsonNode content, List<JsonNode> parameters) {
        /** The name of the kind of secret that opens it; empty if none is needed. */
        public String security() {
            return String.join("", names(content.path("security").path(0)));
        }

        /** Every kind of secret that opens it, each alone; empty if it is open to anybody. */
        public Set<String> securities() {
            return each(content.path("security"))
                    .flatMap(kind -> names(kind).stream())
                    .collect(Collectors.toSet());
        }

        /** As a route is written: {@code GET /v1/tenant}. */
        public String route() {
            return method + " " + path;
        }

        public boolean takesForm() {
            return content.at("/requestBody/content").has(FORM);
        }

        public boolean mayAnswer(String status) {
            return content.path("responses").has(status);
        }
    }

    public DocumentedApi(Api api) {
        this.url = api.url();
        this.document = json(send("GET", "/openapi.json", "", "", ""));
        this.fields = new AnsweredFields(document);
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> add(path.getKey(), path.getValue(), method.getKey(), method.getValue())));
    }

    private void add(String path, JsonNode item, String method, JsonNode content) {
        var id = content.path("operationId").asText();
        var parameters = Stream.of(item, content)
                .flatMap(holder -> each(holder.path("parameters")))
                .map(this::resolved)
                .toList();
        fields.promise(content.at("/responses/200/content/application~1json/schema"));
        operations.put(id, new Operation(id, method.toUpperCase(Locale.ROOT), path, content, parameters));
    }

    public JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        return List.copyOf(operations.values());
    }

    /** Operations that answered with success so far. */
    public Set<String> succeeded() {
        return succeeded;
    }

    /** Operations that answered with a refusal so far. */
    public Set<String> refused() {
        return refused;
    }

    /** Fields of answers that no answer had so far, as {@code Schema.field}. */
    public Set<String> unansweredFields() {
        return fields.unseen();
    }

    /** The schema of an operation's body; missing if it takes none. */
    public JsonNode bodySchema(Operation operation) {
        return resolved(operation.content().at("/requestBody/content/application~1json/schema"));
    }

    /** A call of an operation, with the document's own example as its body. */
    public Call call(String id) {
        var operation = operation(id);
        return new Call(operation, Map.of(), bodySchema(operation).path("example"));
    }

    /** An operation by its id. */
    public Operation operation(String id) {
        var operation = operations.get(id);
        if (operation == null) throw new AssertionError("The document has no operation " + id);
        return operation;
    }

    /** A call that is put together. */
    public final class Call {
        private final Operation operation;
        private final Map<String, String> values;
        private final JsonNode body;

        private Call(Operation operation, Map<String, String> values, JsonNode body) {
            this.operation = operation;
            this.values = values;
            this.body = body;
        }

        /** Gives a parameter, or the client's {@code token}, its value. */
        public Call with(String name, String value) {
            var more = new HashMap<>(values);
            more.put(name, value);
            return new Call(operation, more, body);
        }

        public Call body(JsonNode other) {
            return new Call(operation, values, other);
        }

        public Call body(Map<String, ?> other) {
            return body(JSON.<JsonNode>valueToTree(other));
        }

        /** Sends it as the document says, which takes its body for a good one. */
        public Answer succeeds() {
            var schema = bodySchema(operation);
            if (!body.isMissingNode()) {
                assertThat(new JsonSchema(document, false).faults(schema, body))
                        .as("body of " + operation.id())
                        .isEmpty();
            }
            var answer = answers();
            assertThat(answer.status())
                    .as(operation.id() + ": " + answer.body())
                    .isEqualTo(200);
            return answer;
        }

        /** Sends it with the secret that it takes. */
        public Answer answers() {
            return sends(secret(), "application/json", text(body));
        }

        /** Sends it without any secret. */
        public Answer answersNobody() {
            return sends("", "application/json", text(body));
        }

        /** Sends it with this {@code Authorization}, whatever it takes; empty: with none. */
        public Answer answersAs(String authorization) {
            return sends(authorization, "application/json", text(body));
        }

        /** Sends another body with this {@code Authorization}. */
        public Answer answersAs(String authorization, String text) {
            return sends(authorization, "application/json", text);
        }

        /** Sends another body with the secret that it takes. */
        public Answer answersTo(String contentType, String text) {
            return sends(secret(), contentType, text);
        }

        private Answer sends(String authorization, String contentType, String text) {
            return checked(operation, send(operation.method(), target(), authorization, contentType, text));
        }

        private String secret() {
            return switch (operation.security()) {
                case "serverSecret" -> basic(Sluice.API_SECRET);
                case "managementSecret" -> basic(Sluice.MANAGEMENT_SECRET);
                case "clientToken" -> "Bearer " + values.getOrDefault("token", "none");
                case "clientTenant" -> basic(Sluice.TENANT);
                default -> "";
            };
        }

        private String target() {
            var path = operation.path();
            var query = new ArrayList<String>();
            for (var parameter : operation.parameters()) {
                var name = parameter.path("name").asText();
                var value = values.get(name);
                if (parameter.path("in").asText().equals("path")) {
                    path = path.replace("{" + name + "}", Api.encoded(value == null ? "none" : value));
                } else if (value != null) query.add(name + "=" + Api.encoded(value));
            }
            return query.isEmpty() ? path : path + "?" + String.join("&", query);
        }
    }

    /** Compares an answer with the document: status, content type, headers, body. */
    private Answer checked(Operation operation, HttpResponse<String> response) {
        var what = operation.id() + " " + response.statusCode() + " " + response.body();
        var documented = resolved(operation.content().path("responses").path(String.valueOf(response.statusCode())));
        assertThat(documented.isMissingNode()).as("undocumented: " + what).isFalse();
        var type = response.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
        assertThat(names(documented.path("content"))).as(what).contains(type);
        names(documented.path("headers"))
                .forEach(header -> assertThat(response.headers().firstValue(header))
                        .as(what)
                        .isPresent());
        var body = type.equals("application/json") ? json(response) : MissingNode.getInstance();
        if (!body.isMissingNode()) {
            var schema = documented.path("content").path(type).path("schema");
            fields.see(schema, body);
            assertThat(new JsonSchema(document, true).faults(schema, body))
                    .as(what)
                    .isEmpty();
        }
        (response.statusCode() < 400 ? succeeded : refused).add(operation.id());
        return new Answer(response.statusCode(), body, response.headers().firstValue("Retry-After"));
    }

    private HttpResponse<String> send(
            String method, String target, String authorization, String contentType, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + target))
                    .header("User-Agent", BROWSER)
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (!authorization.isEmpty()) request.header("Authorization", authorization);
            if (!body.isEmpty()) request.header("Content-Type", contentType);
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static String text(JsonNode body) {
        return body.isMissingNode() ? "" : body.toString();
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The {@code Authorization} of whoever has this secret, or this name. */
    public static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(UTF_8));
    }
}
