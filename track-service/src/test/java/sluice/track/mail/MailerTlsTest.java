package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.settings.Settings;
import sluice.track.message.Wording;

/**
 * S27: mails through a real server that speaks nothing but TLS (RFC 8314) and asks for a login. Its certificate is for
 * 127.0.0.1 alone.
 */
class MailerTlsTest {
    private static final String KEY_FILE = "greenmail.tls.keystore.file";
    private static final String PASSWORD = "changeit"; // what the server reads a key file with
    private static final String USER = "sluice";
    private static final String SECRET = "right-secret";

    @TempDir
    private static Path folder;

    private static SSLSocketFactory trusting;

    private final GreenMail server = new GreenMail(ServerSetup.SMTPS.dynamicPort());

    @BeforeAll
    static void makeACertificate() throws Exception {
        var file = folder.resolve("server.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        System.setProperty(KEY_FILE, file.toString());
        trusting = trusting(file);
    }

    private static SSLSocketFactory trusting(Path file) throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @AfterAll
    static void forget() {
        System.clearProperty(KEY_FILE);
    }

    @BeforeEach
    void start() {
        server.start();
        server.setUser("no-reply@acme.example", USER, SECRET);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private MailSettings settings(String host, String security, String password) {
        return MailSettings.from(new Settings(Map.of(
                        "SLUICE_SMTP_HOST", host,
                        "SLUICE_SMTP_PORT", String.valueOf(server.getSmtps().getPort()),
                        "SLUICE_SMTP_SECURITY", security,
                        "SLUICE_SMTP_TIMEOUT", security.equals("TLS") ? "PT5S" : "PT1S",
                        "SLUICE_SMTP_USER", USER,
                        "SLUICE_SMTP_PASSWORD", password,
                        "SLUICE_SMTP_FROM", "no-reply@acme.example")))
                .orElseThrow();
    }

    private static Mail mail() {
        var wording = Wording.of(Map.of(), Optional.empty(), Optional.empty(), Optional.of("Acme"));
        return new Letter(new EmailAddress("ada@example.com"), wording).withCode("012345");
    }

    private void assertUnsent(Mailer mailer) {
        assertThatThrownBy(mailer.send(mail())::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UnsentMailException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void givenATrustedServerAndTheRightLogin_whenSent_thenItComes() throws Exception {
        try (var mailer = new Mailer(settings("127.0.0.1", "TLS", SECRET), trusting)) {
            mailer.send(mail()).join();
        }

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getHeader("To")).containsExactly("ada@example.com");
    }

    @Test
    void givenAWrongPassword_whenSent_thenNothingIs() {
        try (var mailer = new Mailer(settings("127.0.0.1", "TLS", "wrong-secret"), trusting)) {
            assertUnsent(mailer);
        }
    }

    @Test
    void givenACertificateThatNobodyVouchesFor_whenSent_thenNothingIs() {
        try (var mailer = new Mailer(settings("127.0.0.1", "TLS", SECRET))) {
            assertUnsent(mailer);
        }
    }

    @Test
    void givenACertificateForAnotherHost_whenSent_thenNothingIs() {
        try (var mailer = new Mailer(settings("localhost", "TLS", SECRET), trusting)) {
            assertUnsent(mailer);
        }
    }

    /** The two sides wait for each other's first word: the mail's time ends it, and nothing went out in the clear. */
    @Test
    void givenAServerThatSpeaksOnlyTls_whenStartTlsIsExpected_thenNothingIsSent() {
        try (var mailer = new Mailer(settings("127.0.0.1", "STARTTLS", SECRET), trusting)) {
            assertUnsent(mailer);
        }
    }
}
