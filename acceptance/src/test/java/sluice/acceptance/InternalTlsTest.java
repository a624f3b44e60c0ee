package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Authority;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.TlsClient;
import sluice.schemas.Owner;
import sluice.schemas.id.UserKey;

/** S27, E10: two nodes whose queries go over mutual TLS, and who else comes to their internal port. */
@ExtendWith(KafkaBroker.class)
class InternalTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FOR_THIS_HOST = "SAN=ip:127.0.0.1";

    @TempDir
    private static Path folder;

    private static Authority authority;
    private static Authority next;
    private static Authority stranger;
    private static Path process;
    private static Path keyStore;
    private static Path trustStore;
    private static Path password;
    private static int healthPort;
    private static Sluice sluice;
    private static URI internal;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        authority = new Authority(folder.resolve("authority"));
        next = new Authority(folder.resolve("next"));
        stranger = new Authority(folder.resolve("stranger"));
        process = authority.keyStore("process", "-ext", FOR_THIS_HOST);
        keyStore = ownersOnly(Files.copy(process, folder.resolve("internal.p12")));
        trustStore = Files.copy(authority.pem(), folder.resolve("trusted.pem"));
        password = ownersOnly(Files.writeString(folder.resolve("password"), Authority.PASSWORD + "\n"));
        healthPort = freePort();
        sluice = knownBy(Sluice.on(kafka, folder.resolve("data")), keyStore, trustStore)
                .with("SLUICE_REPLY_TIMEOUT", "PT4S")
                .with("SLUICE_HEALTH_PORT", String.valueOf(healthPort))
                .start()
                .with("SLUICE_HEALTH_PORT", "")
                .start();
        internal = URI.create(sluice.node().endpointUrl());
    }

    @AfterAll
    static void stop() throws IOException {
        sluice.close();
    }

    private static Sluice knownBy(Sluice sluice, Path keyStore, Path trustStore) {
        return sluice.with("SLUICE_INTERNAL_TLS_KEY_STORE", keyStore.toString())
                .with("SLUICE_INTERNAL_TLS_PASSWORD_FILE", password.toString())
                .with("SLUICE_INTERNAL_TLS_TRUST_STORE", trustStore.toString());
    }

    private static Path ownersOnly(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpRequest live() {
        return HttpRequest.newBuilder(internal.resolve("/health/live"))
                .timeout(PATIENCE)
                .build();
    }

    private static int status(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** Each user's action is asked for at the ingress that did not track it, whoever owns the user. */
    private static void assertOwnersAnswer() {
        IntStream.range(0, 16).forEach(each -> {
            var userId = "reader-" + each;
            var tracked = sluice.api(each % 2).track(userId, "browse", Map.of());
            assertThat(tracked.status()).as("%s", tracked.body()).isEqualTo(200);
            assertThat(actionOf(sluice.api((each + 1) % 2), userId, tracked.text("idempotencyKey")))
                    .isEqualTo(200);
        });
    }

    private static int actionOf(Api api, String userId, String key) {
        return api.backend("GET", "/users/" + userId + "/actions/browse/" + key, Map.of())
                .status();
    }

    @Test
    void givenTwoNodes_whenUsersSignInAndAreAskedFor_thenOwnersAnswerOverTlsAlone() throws IOException {
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(1).track(person.userId(), "signIn", Map.of()).text("token");
        var verified = sluice.api(0).verify(token, person.code(0));
        var validated = sluice.api(1).validate(verified.text("accessToken"));

        assertThat(validated.text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
        assertOwnersAnswer();
        var owners = sluice.topics().owners;
        assertThat(announced()).isNotEmpty().allSatisfy(read -> assertThat(
                        owners.value().fromBytes(read.value()).getEndpoint())
                .startsWith("https://127.0.0.1:"));
        assertThat(sluice.metrics()).contains("sluice_internal_tls_certificate_expiry_seconds");
    }

    private static List<ConsumerRecord<String, byte[]>> announced() {
        var client = sluice.node().kafka().client();
        return Outcomes.of(client, sluice.topics().owners.name());
    }

    @Test
    void givenTheRightCertificate_whenAProcessComes_thenItIsServedAndItsQuestionStillHasToBeSealed() throws Exception {
        var client = TlsClient.http(TlsClient.showing(process, authority, next));
        var asked = new ArrayList<Integer>();
        for (var partition = 0; partition < sluice.topics().partitions(); partition++) {
            var path = "/queries/challenge-service/actions/" + partition;
            asked.add(status(
                    client,
                    HttpRequest.newBuilder(internal.resolve(path))
                            .POST(BodyPublishers.ofString("not sealed"))
                            .build()));
        }

        assertThat(status(client, live())).isEqualTo(200);
        assertThat(asked).contains(403).isSubsetOf(403, 421);
    }

    @Test
    void givenNoCertificate_whenSomebodyComes_thenThereIsNoAnswer() throws Exception {
        assertIsLetInNowhere(TlsClient.showingNothing(authority, next));
    }

    @Test
    void givenACertificateOfAnotherAuthority_whenSomebodyComes_thenThereIsNoAnswer() throws Exception {
        assertIsLetInNowhere(TlsClient.showing(stranger.keyStore("somebody", "-ext", FOR_THIS_HOST), authority, next));
    }

    @Test
    void givenACertificateWhoseTimeIsOver_whenItsProcessComes_thenThereIsNoAnswer() throws Exception {
        var expired = authority.keyStore("expired", "-ext", FOR_THIS_HOST, "-startdate", "-10d", "-validity", "5");

        assertIsLetInNowhere(TlsClient.showing(expired, authority, next));
    }

    private static void assertIsLetInNowhere(SSLContext context) {
        assertThatThrownBy(() -> status(TlsClient.http(context), live())).isInstanceOf(IOException.class);
    }

    @Test
    void givenPlainHttpOrAnOlderTls_whenSomebodyComes_thenThereIsNoAnswer() throws Exception {
        var plain = HttpRequest.newBuilder(URI.create(live().uri().toString().replace("https", "http")))
                .build();
        var older = HttpClient.newBuilder()
                .sslContext(TlsClient.showing(process, authority, next))
                .sslParameters(new SSLParameters(null, new String[] {"TLSv1.2"}))
                .build();

        assertThatThrownBy(() -> status(HttpClient.newHttpClient(), plain)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> status(older, live())).isInstanceOf(IOException.class);
    }

    /** Whoever watches processes has no certificate. */
    @Test
    void givenAPortForHealth_whenAProbeComesInTheClear_thenItSeesHealthAndMetricsAndCanAskNothingElse()
            throws Exception {
        var probe = HttpClient.newHttpClient();
        var base = URI.create("http://127.0.0.1:" + healthPort);

        assertThat(status(probe, get(base, "/health/live"))).isEqualTo(200);
        assertThat(status(probe, get(base, "/health/ready"))).isEqualTo(200);
        assertThat(probe.send(get(base, "/metrics"), BodyHandlers.ofString()).body())
                .contains("jvm_memory_used_bytes");
        var question = HttpRequest.newBuilder(base.resolve("/queries/challenge-service/action/0"))
                .POST(BodyPublishers.noBody())
                .build();
        assertThat(status(probe, question)).isEqualTo(404);
    }

    private static HttpRequest get(URI base, String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build();
    }

    /** It has the keyset and Kafka, and still neither asks nor is asked. */
    @Test
    void givenAnIngressOfAnotherAuthority_whenItAsksOwners_thenItIsAnsweredNothing() throws Exception {
        var theirs = ownersOnly(stranger.keyStore("ingress", "-ext", FOR_THIS_HOST));
        var before = sluice.environment();
        try {
            knownBy(sluice, theirs, stranger.pem())
                    .with("SLUICE_REPLY_TIMEOUT", "PT1S")
                    .startIngressAlone();
            var tracked = sluice.api(0).track("asked-by-a-stranger", "browse", Map.of());
            var key = tracked.text("idempotencyKey");

            assertThat(actionOf(sluice.api(2), "asked-by-a-stranger", key)).isEqualTo(503);
            assertThat(actionOf(sluice.api(1), "asked-by-a-stranger", key)).isEqualTo(200);
        } finally {
            before.forEach(sluice::with);
        }
    }

    /** Whoever writes to the owners topic sends questions elsewhere, and gets none without a certificate for that host. */
    @Test
    void givenAnOwnerAnnouncedByAnotherNameOrInTheClear_whenItIsAsked_thenItIsNot() throws Exception {
        var named = new Elsewhere("one");
        var inTheClear = new Elsewhere("another");
        while (inTheClear.owner().equals(named.owner())) inTheClear = new Elsewhere(inTheClear.userId() + "-more");
        var calls = List.of(named.tracked(), inTheClear.tracked());

        var first = named.announced();
        var second = inTheClear.announced();

        announce(first, first.getEndpoint().replace("127.0.0.1", "localhost"));
        announce(second, second.getEndpoint().replace("https", "http"));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses(calls))
                .containsOnly(503));
        announce(first, first.getEndpoint());
        announce(second, second.getEndpoint());
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses(calls))
                .containsOnly(200));
    }

    /** Asked for side by side. */
    private static List<Integer> statuses(List<Supplier<Integer>> calls) {
        return calls.parallelStream().map(Supplier::get).toList();
    }

    private static void announce(Owner owner, String endpoint) {
        var owners = sluice.topics().owners;
        var announced = new Owner(owner.getService(), owner.getPartition(), endpoint, Instant.now());
        var record = new ProducerRecord<>(owners.name(), 0, owner.getService() + "/" + owner.getPartition(), announced);
        record.headers().add("binds-answers", new byte[0]);
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                owners.value().serializer())) {
            producer.send(record);
        }
    }

    /** An authority is replaced as a certificate is renewed: by files, with no restart, first the trust and then the keys. */
    @Test
    void givenANewAuthority_whenItsFilesAreThere_thenProcessesAreKnownByItAndAForeignCertificateChangesNothing()
            throws Exception {
        var theirs = ownersOnly(stranger.keyStore("theirs", "-ext", FOR_THIS_HOST));
        var renewed = ownersOnly(next.keyStore("renewed", "-ext", FOR_THIS_HOST));
        var shown = next.keyStore("client", "-ext", FOR_THIS_HOST);
        var before = shownCertificate(process);
        Files.move(theirs, keyStore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Awaitility.await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shownCertificate(process))
                .isEqualTo(before));

        var both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(authority.pem()) + Files.readString(next.pem()));
        Files.move(both, trustStore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.move(renewed, keyStore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        shownCertificate(shown).getSubjectX500Principal().getName())
                .isEqualTo("CN=renewed"));
        assertThat(status(TlsClient.http(TlsClient.showing(shown, authority, next)), live()))
                .isEqualTo(200);
        Awaitility.await().atMost(PATIENCE).untilAsserted(InternalTlsTest::assertOwnersAnswer);
    }

    private static X509Certificate shownCertificate(Path client) throws Exception {
        var factory = TlsClient.showing(client, authority, next).getSocketFactory();
        try (var socket = (SSLSocket) factory.createSocket(internal.getHost(), internal.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** A user whose owner is said to be elsewhere. */
    private record Elsewhere(String userId) {
        String owner() {
            var partitions = sluice.topics().partitions();
            return "challenge-service/" + UserKey.partition(UserKey.of(Sluice.TENANT, userId), partitions);
        }

        /** As it was announced last. */
        Owner announced() {
            return InternalTlsTest.announced().stream()
                    .filter(read -> read.key().equals(owner()))
                    .reduce((one, later) -> later)
                    .map(read -> sluice.topics().owners.value().fromBytes(read.value()))
                    .orElseThrow();
        }

        /** How to ask for an action of theirs. */
        Supplier<Integer> tracked() {
            var key = sluice.api(0).track(userId, "browse", Map.of()).text("idempotencyKey");
            return () -> actionOf(sluice.api(0), userId, key);
        }
    }
}
