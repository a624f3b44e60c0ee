package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Authority;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.TlsClient;

/** S27: the API over TLS, as clients meet it. */
@ExtendWith(KafkaBroker.class)
class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Authority authority;
    private static Path keyStore;
    private static Sluice sluice;
    private static URI url;
    private static SSLContext trusting;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        authority = new Authority(folder.resolve("authority"));
        trusting = TlsClient.showingNothing(authority);
        keyStore = ownersOnly(Files.copy(authority.keyStore("first"), folder.resolve("api.p12")));
        var password = ownersOnly(Files.writeString(folder.resolve("password"), Authority.PASSWORD + "\n"));
        sluice = Sluice.on(kafka, folder.resolve("data"))
                .with("SLUICE_TLS_KEY_STORE", keyStore.toString())
                .with("SLUICE_TLS_PASSWORD_FILE", password.toString())
                .start();
        url = sluice.api(0).url();
    }

    @AfterAll
    static void stop() throws IOException {
        sluice.close();
    }

    private static Path ownersOnly(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static HttpClient client(String... protocols) {
        var builder = HttpClient.newBuilder().sslContext(trusting).connectTimeout(PATIENCE);
        if (protocols.length > 0) builder.sslParameters(new SSLParameters(null, protocols));
        return builder.build();
    }

    private static HttpRequest page() {
        return HttpRequest.newBuilder(url.resolve("/console")).timeout(PATIENCE).build();
    }

    @Test
    void givenAClientThatTrusts_whenItTracksAndOpensAPage_thenItIsAnsweredAndToldToComeByTlsAlone() throws Exception {
        assertThat(url).hasScheme("https");
        var authorization = "Basic " + Base64.getEncoder().encodeToString((Sluice.API_SECRET + ":").getBytes(UTF_8));
        var track = HttpRequest.newBuilder(url.resolve("/v1/users/ada/actions/signIn"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString("{}"))
                .build();

        var tracked = client().send(track, BodyHandlers.ofString());
        var page = client().send(page(), BodyHandlers.ofString());

        assertThat(tracked.statusCode()).isEqualTo(200);
        assertThat(tracked.body()).contains("\"url\":\"" + url);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void givenAClient_whenItKnowsTls12Alone_thenItIsServed() throws Exception {
        assertThat(client("TLSv1.2").send(page(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givenAClient_whenItKnowsOlderVersionsAlone_thenThereIsNoHandshake() {
        assertThatThrownBy(() -> client("TLSv1.1", "TLSv1").send(page(), BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void givenAClientThatDoesNotTrust_whenItCalls_thenItIsTheOneToRefuse() {
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(page(), BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void givenAClientThatSpeaksPlainHttp_whenItCalls_thenItGetsNoAnswerOfTheApi() {
        var plain = HttpRequest.newBuilder(URI.create(url.toString().replace("https", "http")))
                .build();

        assertThatThrownBy(() -> client().send(plain, BodyHandlers.discarding()))
                .isInstanceOf(IOException.class);
    }

    /** Whoever renews certificates writes a file, and restarts nothing. */
    @Test
    void givenARenewedCertificate_whenItsFileIsThere_thenNewConnectionsSeeItAndABrokenOneChangesNothing()
            throws Exception {
        var before = shownCertificate();
        var renewed = ownersOnly(authority.keyStore("renewed"));

        Files.writeString(keyStore, "half a file");
        Awaitility.await().pollDelay(Duration.ofSeconds(5)).atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shownCertificate())
                .isEqualTo(before));
        Files.move(renewed, keyStore, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        shownCertificate().getSubjectX500Principal().getName())
                .isEqualTo("CN=renewed"));
        assertThat(client().send(page(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
        assertThat(sluice.metrics()).contains("sluice_tls_certificate_expiry_seconds");
    }

    private static X509Certificate shownCertificate() throws IOException {
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
