package sluice.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final byte[] REQUEST =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII);

    private final AtomicInteger came = new AtomicInteger();
    private final StringBuilder bodies = new StringBuilder();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
            var status = came.incrementAndGet() % 10 == 0 ? 503 : 200;
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(US_ASCII));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Supplier<Optional<Call>> calls(int number) {
        var left = new AtomicInteger(number);
        var call = Call.of(REQUEST, (status, body) -> bodies.append(new String(body, US_ASCII)));
        return () -> left.getAndDecrement() > 0 ? Optional.of(call) : Optional.empty();
    }

    @Test
    void givenSoManyCalls_whenTheyAreMadeOnFourConnections_thenEachIsAnsweredOnce_andAllButTheFirstFourAreCounted()
            throws IOException {
        var loaded = HttpLoad.run(server.getAddress(), 4, calls(40), LONG);

        assertThat(loaded.served()).isEqualTo(32);
        assertThat(loaded.shed()).isEqualTo(4);
        assertThat(loaded.refused()).isZero();
        assertThat(loaded.latencies().getTotalCount()).isEqualTo(32);
        assertThat(bodies.toString()).isEqualTo("{}".repeat(40));
    }

    @Test
    void givenNoTime_thenEachConnectionMakesItsFirstCallAndOneThatCounts() throws IOException {
        assertThat(HttpLoad.run(server.getAddress(), 2, calls(40), Duration.ZERO)
                        .served())
                .isEqualTo(2);
        assertThat(came).hasValue(4);
    }
}
