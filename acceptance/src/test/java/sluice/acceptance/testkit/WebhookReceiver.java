package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A tenant's receiver of webhooks on a port of its own, which can go and come back, and answers as it is told. */
public final class WebhookReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String retryAfter = "";

    /** What was posted, and what it was answered with. */
    public record Call(String signature, String body, int answered) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        /** The event, out of its batch where it came in one. */
        public JsonNode event() {
            return json().has("records") ? json().path("records").path(0) : json();
        }

        public String id() {
            return event().path("id").asText();
        }
    }

    private WebhookReceiver() throws IOException {
        server = open();
    }

    public static WebhookReceiver listening() throws IOException {
        return new WebhookReceiver();
    }

    private HttpServer open() throws IOException {
        var opened = HttpServer.create(address, 0);
        opened.createContext("/", this::handle);
        opened.setExecutor(Executors.newCachedThreadPool());
        opened.start();
        address = opened.getAddress();
        return opened;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var answer = status;
            calls.add(new Call(exchange.getRequestHeaders().getFirst("X-Signature-V2"), body, answer));
            if (!retryAfter.isEmpty()) exchange.getResponseHeaders().set("Retry-After", retryAfter);
            if (answer == 302) exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    /** From now on answers with this status. */
    public WebhookReceiver answering(int newStatus) {
        status = newStatus;
        return this;
    }

    /** From now on asks to be left alone for some seconds. */
    public WebhookReceiver askingForPatience(int seconds) {
        retryAfter = String.valueOf(seconds);
        return this;
    }

    /** Goes: nobody listens on its port. */
    public void goDown() {
        server.stop(0);
    }

    /** Comes back on the same port. */
    public void comeBack() throws IOException {
        server = open();
    }

    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Everything that was posted, in the order in which it came. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What was taken. */
    public List<Call> taken() {
        return calls.stream().filter(call -> call.answered() == 200).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
