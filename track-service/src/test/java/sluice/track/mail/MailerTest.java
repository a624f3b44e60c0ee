package sluice.track.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.runtime.settings.Settings;
import sluice.track.message.Wording;

/** Mails through a real server. */
class MailerTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Mailer mailer(String security, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("SLUICE_SMTP_HOST", "127.0.0.1");
        settings.put("SLUICE_SMTP_PORT", String.valueOf(server.getSmtp().getPort()));
        settings.put("SLUICE_SMTP_SECURITY", security);
        settings.put("SLUICE_SMTP_FROM", "no-reply@acme.example");
        return new Mailer(MailSettings.from(new Settings(settings)).orElseThrow());
    }

    @Test
    void givenACode_whenSent_thenItComesAsTextAndAsHtmlAndTheSubjectTellsNothing() throws Exception {
        try (var mailer = mailer("NONE", Map.of())) {
            mailer.send(letter("Acme & Söhne").withCode("012345")).join();
        }

        var mail = received();
        assertThat(mail.getHeader("To")).containsExactly("ada@example.com");
        assertThat(mail.getFrom()[0].toString()).contains("no-reply@acme.example");
        assertThat(mail.getSubject()).doesNotContain("012345");
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(part(mail, 0).getContent().toString()).contains("012345", "Acme & Söhne");
        assertThat(part(mail, 1).getContentType()).startsWith("text/html");
        assertThat(part(mail, 1).getContent().toString()).contains("012345", "Acme &amp; Söhne");
        assertThat(String.join("\n", Collections.list(mail.getAllHeaderLines())))
                .as("the machine's name is nobody's business")
                .doesNotContain(InetAddress.getLocalHost().getHostName() + ">");
    }

    /** E6: a tenant's name with a line break adds no header and no recipient, and with mark-up no element. */
    @Test
    void givenANameThatWouldBeHeadersOrMarkUp_whenSent_thenItIsOnlyText() throws Exception {
        try (var mailer = mailer("NONE", Map.of())) {
            mailer.send(letter("Acme\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>")
                            .withLink(URI.create("https://sluice.example/magic-link?t=abc&x=1")))
                    .join();
        }

        var mail = received();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(part(mail, 1).getContent().toString())
                .doesNotContain("<script>")
                .contains("href=\"https://sluice.example/magic-link?t=abc&amp;x=1\"");
    }

    /** S27: a password and a code go over no connection that was to be encrypted and is not. */
    @Test
    void givenAServerWithoutEncryption_whenItIsExpected_thenNothingIsSent() {
        try (var mailer = mailer("STARTTLS", Map.of("SLUICE_SMTP_USER", "ada", "SLUICE_SMTP_PASSWORD", "secret-1"))) {
            assertUnsent(mailer.send(letter("Acme").withCode("012345")));
        }

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void givenNoServer_whenSent_thenItFailsSoon() {
        try (var mailer = mailer("NONE", Map.of())) {
            server.stop();

            assertUnsent(mailer.send(letter("Acme").withCode("012345")));
        }
    }

    /** A server that takes connections and says nothing holds neither the call nor, for long, a thread. */
    @Test
    void givenAServerThatSaysNothing_whenMoreMailsComeThanThereAreThreads_thenEachFailsInItsTime() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var mailer = new Mailer(MailSettings.from(new Settings(Map.of(
                                "SLUICE_SMTP_HOST", "127.0.0.1",
                                "SLUICE_SMTP_PORT", String.valueOf(silent.getLocalPort()),
                                "SLUICE_SMTP_SECURITY", "NONE",
                                "SLUICE_SMTP_FROM", "no-reply@acme.example",
                                "SLUICE_SMTP_TIMEOUT", "PT0.3S")))
                        .orElseThrow())) {
            var start = System.nanoTime();
            var sent = IntStream.range(0, 300)
                    .mapToObj(each -> mailer.send(letter("Acme").withCode("012345")))
                    .toList();

            sent.forEach(MailerTest::assertUnsent);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** Who tries again has to know whether anything may come of it. */
    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 no such mailbox, REFUSED",
        "RCPT, 452 mailbox is full, PUT_OFF",
        "DATA, 554 not this, PUT_OFF",
        "MAIL, 550 not from you, UNREACHED",
    })
    void givenAServerThatSaysNo_whenSent_thenItIsToldWhy(String verb, String reply, UnsentMailException.Reason reason)
            throws IOException {
        try (var unwilling = UnwillingServer.to(verb, reply);
                var mailer = new Mailer(MailSettings.from(new Settings(Map.of(
                                "SLUICE_SMTP_HOST", "127.0.0.1",
                                "SLUICE_SMTP_PORT", String.valueOf(unwilling.port()),
                                "SLUICE_SMTP_SECURITY", "NONE",
                                "SLUICE_SMTP_FROM", "no-reply@acme.example")))
                        .orElseThrow())) {
            assertThatThrownBy(mailer.send(letter("Acme").withCode("012345"))::join)
                    .cause()
                    .isInstanceOfSatisfying(UnsentMailException.class, fault -> assertThat(fault.reason())
                            .isEqualTo(reason));
        }
    }

    private static Letter letter(String brand) {
        return new Letter(ADA, Wording.of(Map.of(), Optional.empty(), Optional.empty(), Optional.of(brand)));
    }

    private static void assertUnsent(CompletableFuture<Void> sent) {
        assertThatThrownBy(sent::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UnsentMailException.class);
    }

    private MimeMessage received() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private static BodyPart part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent()).getBodyPart(index);
    }
}
