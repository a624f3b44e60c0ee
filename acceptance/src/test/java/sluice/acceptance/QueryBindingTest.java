package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.Owner;

/** S27: somebody stands between an ingress and the owner of a partition. */
@ExtendWith(KafkaBroker.class)
class QueryBindingTest {
    private static final String SERVICE = "challenge-service";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile byte[] latest = new byte[0];

    /** Empty: what the owner answers is passed on. */
    private volatile byte[] givenAgain = new byte[0];

    @Test
    void s27_givenSomebodyInBetween_whenAnOldAnswerIsGivenAgain_thenItIsNone(Bootstrap kafka) throws Exception {
        try (var sluice =
                Sluice.on(kafka, folder).with("SLUICE_PARTITIONS", "1").start()) {
            var between = standBetween(sluice);
            var api = sluice.api(0);
            var person = Person.enrolled(api);
            var tracked = api.track(person.userId(), "signIn", Map.of());
            var path = "/users/" + person.userId() + "/actions/signIn/" + tracked.text("idempotencyKey");
            await().until(() -> {
                api.backend("GET", path, Map.of());
                return latest.length > 0;
            });
            assertThat(api.backend("GET", path, Map.of()).text("state")).isEqualTo("CHALLENGE_REQUIRED");
            var old = latest;
            assertThat(api.verify(tracked.text("token"), person.code(0)).text("isVerified"))
                    .isEqualTo("true");

            givenAgain = old;
            assertThat(api.backend("GET", path, Map.of()).status()).isEqualTo(503);

            givenAgain = new byte[0];
            assertThat(api.backend("GET", path, Map.of()).text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
            between.stop(0);
        }
    }

    /** Announces somebody else's address as the owner's, from where all goes to the owner. */
    private HttpServer standBetween(Sluice sluice) throws IOException {
        var owners = sluice.topics().owners;
        var client = sluice.node().kafka().client();
        var announced = Outcomes.of(client, owners.name()).stream()
                .filter(read -> read.key().equals(SERVICE + "/0"))
                .reduce((one, later) -> later)
                .orElseThrow();
        var endpoint = owners.value().fromBytes(announced.value()).getEndpoint();
        var between = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        between.setExecutor(Executors.newCachedThreadPool());
        between.createContext("/", exchange -> pass(exchange, endpoint));
        between.start();
        var here = "http://127.0.0.1:" + between.getAddress().getPort();
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                owners.value().serializer())) {
            producer.send(new ProducerRecord<>(
                    owners.name(),
                    0,
                    null,
                    SERVICE + "/0",
                    new Owner(SERVICE, 0, here, Instant.now()),
                    announced.headers()));
        }
        return between;
    }

    private void pass(HttpExchange exchange, String endpoint) throws IOException {
        var asked = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(URI.create(endpoint + exchange.getRequestURI()))
                .POST(BodyPublishers.ofByteArray(asked));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase("Sluice-Bound")) request.header(name, values.get(0));
        });
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) latest = answer.body();
            var body = givenAgain.length > 0 ? givenAgain : answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
