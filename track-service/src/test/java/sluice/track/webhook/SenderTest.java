package sluice.track.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.track.delivery.Attempt;

/** One attempt against a receiver of every kind. */
class SenderTest {
    private static final WebhookEvent EVENT = new WebhookEvent(EventType.USER_DELETED, "id", "{}");
    private static final List<byte[]> SECRETS = List.of("secret".getBytes(UTF_8));
    private static final byte[] CHUNK = new byte[64 * 1024];

    private final Sender sender = new Sender("acme", Targets.LOOPBACK, InstantSource.system());
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ok", exchange -> answer(exchange, 200));
        server.createContext("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "30");
            answer(exchange, 503);
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/ok");
            answer(exchange, 307);
        });
        server.createContext("/no", exchange -> answer(exchange, 403));
        server.createContext("/slow-down", exchange -> answer(exchange, 429));
        server.createContext("/silent", exchange -> calls.incrementAndGet());
        server.createContext("/endless", SenderTest::answerForEver);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        sender.close();
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static void answerForEver(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (true) exchange.getResponseBody().write(CHUNK); // until the other side has had enough
        }
    }

    private Attempt post(String path) throws Exception {
        return post(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private Attempt post(URI url) throws Exception {
        return sender.post(url, EVENT, SECRETS).get(20, TimeUnit.SECONDS);
    }

    @Test
    void givenAReceiverThatTakesIt_whenPosted_thenItIsDelivered() throws Exception {
        assertThat(post("/ok")).isEqualTo(Attempt.DELIVERED);
    }

    @Test
    void givenAReceiverThatIsBusy_whenPosted_thenItsWishIsKnown() throws Exception {
        var attempt = post("/busy");

        assertThat(attempt.isDelivered()).isFalse();
        assertThat(attempt.cause()).isEqualTo("answered 503");
        assertThat(attempt.asked()).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void givenARedirect_whenPosted_thenItIsAFailureAndNobodyFollows() throws Exception {
        assertThat(post("/moved").cause()).isEqualTo("answered 307");
        assertThat(calls).hasValue(1);
    }

    @Test
    void givenAReceiverThatSaysNo_whenPosted_thenThatIsNoFault() throws Exception {
        assertThat(post("/no").end()).isEqualTo(Attempt.End.REFUSED);
        assertThat(post("/busy").end()).isEqualTo(Attempt.End.FAILED);
        assertThat(post("/slow-down").end()).isEqualTo(Attempt.End.FAILED);
    }

    @Test
    void givenAReceiverThatSaysNothing_whenPosted_thenTheAttemptEndsWithThePatience() throws Exception {
        try (var hasty = new Sender("acme", Targets.LOOPBACK, InstantSource.system(), Duration.ofMillis(200))) {
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/silent");

            assertThat(hasty.post(url, EVENT, SECRETS).get(20, TimeUnit.SECONDS).cause())
                    .isEqualTo("TimeoutException");
        }
    }

    @Test
    void givenASenderThatIsClosed_whenPosted_thenTheAttemptFails() throws Exception {
        sender.close();

        assertThat(post("/ok").end()).isEqualTo(Attempt.End.FAILED);
    }

    @Test
    void givenABodyWithoutEnd_whenPosted_thenTheStatusCounts() throws Exception {
        assertThat(post("/endless")).isEqualTo(Attempt.DELIVERED);
    }

    @Test
    void givenNobodyThere_whenPostedAgainAndAgain_thenEachAttemptEnds() throws Exception {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ok");
        server.stop(0);

        for (var attempt = 0; attempt < 5; attempt++) {
            assertThat(post(url).cause()).isEqualTo("ConnectException");
        }
    }

    @Test
    void givenAnAddressThatIsNotAllowed_whenPosted_thenNothingIsSent() throws Exception {
        try (var strict = new Sender("acme", Targets.PUBLIC, InstantSource.system())) {
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ok");

            var attempt = strict.post(url, EVENT, SECRETS).get(20, TimeUnit.SECONDS);

            assertThat(attempt.cause()).contains("SLUICE_WEBHOOK_TARGETS");
            assertThat(calls).hasValue(0);
        }
    }
}
