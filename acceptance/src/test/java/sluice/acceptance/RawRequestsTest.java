package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.acceptance.testkit.DocumentedApi.basic;
import static sluice.schemas.VerificationMethod.AUTHENTICATOR_APP;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.Wire;

/**
 * Requests that no client sends, over a bare connection: what two readers, such as a proxy and Sluice, could understand
 * in two ways is refused, and the connection ended, so that nothing is read as a request of somebody else (RFC 9112
 * section 11.2).
 */
@ExtendWith(KafkaBroker.class)
class RawRequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CUT_AFTER = Duration.ofSeconds(15);
    private static final String VALIDATE = "POST /v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Authorization: " + basic(Sluice.API_SECRET) + "\r\n";
    private static final String SECOND = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    private static Path folder;

    private static Sluice sluice;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).with("SLUICE_TOTP_DRIFT", "0").startIngressAlone();
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    /** E5. Each is a header of its own, or several. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 5",
                "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 0x4",
                "Content-Length : 4",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked",
                "X-Folded: one\r\n two\r\nContent-Length: 4",
                "X-Nul: a\u0000b\r\nContent-Length: 4",
                "X Y: a\r\nContent-Length: 4",
                ": a\r\nContent-Length: 4",
                "X-Bare: a\rb\r\nContent-Length: 4",
                "Host: y\r\nContent-Length: 4"
            })
    void e5_givenABodyWhoseEndIsInDoubt_whenItComes_thenItIsRefusedAndNothingAfterItIsRead(String headers)
            throws IOException {
        var answer = answerTo("POST /v1/validate HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n0\r\n\r\n" + SECOND);

        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|501) .*");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).as(answer).hasSize(2);
    }

    /** E5. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET\t/health/live HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002"
            })
    void e5_givenNoRequest_whenItComes_thenItIsRefusedAndTheConnectionEnded(String text) throws IOException {
        assertThat(answerTo(text + "\r\n\r\n" + SECOND)).doesNotContain("200 OK");
    }

    /** E5: a header larger than any that is needed. */
    @Test
    void e5_givenALargeHeader_whenItComes_thenItIsRefused() throws IOException {
        var large = "X-Large: " + "x".repeat(20_000);

        assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost: x\r\n" + large + "\r\n\r\n" + SECOND))
                .startsWith("HTTP/1.1 431 ");
    }

    /** E6: what is in a path gets into no header of the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/users/a%0d%0aX-Injected:%20yes", "/nowhere%0d%0aX-Injected:%20yes", "/ui/%00"})
    void e6_givenLineBreaksInAPath_whenItIsAskedFor_thenTheyMakeNoHeader(String path) throws IOException {
        var answer = answerTo("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d .*").doesNotContain("\nX-Injected");
    }

    /** E5: more than there are threads send a body and never end it: others are answered all the same. */
    @Test
    void e5_givenManyWhoNeverEndTheirBody_whenSomebodyElseCalls_thenTheyAreAnswered() throws IOException {
        var slow = new ArrayList<Wire>();
        try {
            for (var i = 0; i < 300; i++) {
                slow.add(Wire.to(sluice.api(0).url()).send(VALIDATE + "Content-Length: 1000\r\n\r\n{"));
            }

            assertThat(answerTo("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(answerTo(VALIDATE + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 400 ");
        } finally {
            for (var each : slow) each.close();
        }
    }

    /** E5: a byte now and then is too slow, though the connection is never idle. */
    @Test
    void e5_givenOneWhoSendsByteByByte_whenTimePasses_thenTheConnectionIsCut() throws Exception {
        try (var wire = Wire.to(sluice.api(0).url())) {
            wire.send(VALIDATE + "Content-Length: 1000\r\n\r\n");
            var began = System.nanoTime();

            while (wire.takes("x")) Thread.sleep(200);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CUT_AFTER);
        }
    }

    /** S7: the strict profile is a setting; what it does, {@code TotpWindowTest} shows. */
    @Test
    void s7_givenTheStrictProfile_whenTheIngressHasStarted_thenNoCodeOfAnotherStepIsTaken() {
        var app = sluice.node().configuration().newest().authenticator(Sluice.TENANT, AUTHENTICATOR_APP);

        assertThat(app.isActive()).isTrue();
        assertThat(app.acceptedDrift()).isZero();
    }

    private static String answerTo(String request) throws IOException {
        try (var wire = Wire.to(sluice.api(0).url())) {
            return wire.send(request).untilItEnds(PATIENCE);
        }
    }
}
