package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry in this JVM, as far as Sluice asks one: ids by content, subjects, a name and password. It can go
 * and come back. {@code ApicurioTest} asks the same of a real one.
 */
public final class SoftRegistry implements AutoCloseable {
    public static final String USER_INFO = "sluice:password-of-the-registry";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Integer, String> schemas = new TreeMap<>();
    private final Map<String, Set<Integer>> subjects = new TreeMap<>();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private @Nullable HttpServer server;
    private int nextId;

    private SoftRegistry(int firstId) throws IOException {
        nextId = firstId;
        open();
    }

    /** An empty one, which gives its first schema this id. */
    public static SoftRegistry from(int firstId) throws IOException {
        return new SoftRegistry(firstId);
    }

    /** A platform's own schema of a track event: what is needed and nothing else, as no release has it. */
    public static Schema leastTrackEvent() {
        return SchemaBuilder.record("TrackEvent")
                .namespace("sluice.schemas")
                .fields()
                .requiredString("eventId")
                .requiredString("tenantId")
                .requiredString("userId")
                .requiredString("actionCode")
                .requiredString("idempotencyKey")
                .requiredLong("receivedAt")
                .endRecord();
    }

    /** Comes back where it was. */
    public void open() throws IOException {
        server = HttpServer.create(address, 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        address = server.getAddress();
    }

    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Tells an installation of it. */
    public Sluice usedBy(Sluice sluice) {
        return sluice.with("SLUICE_SCHEMA_REGISTRY_URL", url()).with("SLUICE_SCHEMA_REGISTRY_USER_INFO", USER_INFO);
    }

    /** Registers a schema; gives its id. */
    public synchronized int add(String subject, String schema) {
        var parsed = new Schema.Parser().parse(schema);
        var known = find(parsed);
        var id = known == 0 ? nextId++ : known;
        schemas.put(id, schema);
        subjects.computeIfAbsent(subject, any -> new TreeSet<>()).add(id);
        return id;
    }

    private int find(Schema schema) {
        return schemas.entrySet().stream()
                .filter(each -> new Schema.Parser().parse(each.getValue()).equals(schema))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** Names of the subjects that were registered. */
    public synchronized Set<String> subjects() {
        return Set.copyOf(subjects.keySet());
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var basic = "Basic " + Base64.getEncoder().encodeToString(USER_INFO.getBytes(UTF_8));
            var isAllowed = basic.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var parts = exchange.getRequestURI().getRawPath().split("/", -1);
            if (!isAllowed) answer(exchange, 401, Map.of("error_code", 40101, "message", "Unauthorized"));
            else if (parts[1].equals("schemas")) schema(exchange, Integer.parseInt(parts[3]));
            else subject(exchange, URLDecoder.decode(parts[2], UTF_8), parts.length > 3);
        }
    }

    private void schema(HttpExchange exchange, int id) throws IOException {
        if (schemas.containsKey(id)) answer(exchange, 200, Map.of("schema", schemas.get(id)));
        else answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    }

    private void subject(HttpExchange exchange, String subject, boolean registers) throws IOException {
        var text = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
        var found = find(new Schema.Parser().parse(text));
        var isThere = subjects.getOrDefault(subject, Set.of()).contains(found);
        if (registers) answer(exchange, 200, Map.of("id", add(subject, text)));
        else if (isThere) answer(exchange, 200, Map.of("subject", subject, "id", found, "version", 1, "schema", text));
        else answer(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        if (server != null) server.stop(0);
    }
}
