package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Sluice;

/** What a caller is told when a part of the installation does not answer. */
@ExtendWith(KafkaBroker.class)
class OutageTest {
    private static final Map<String, Object> KEY = Map.of("idempotencyKey", "the-key");

    @TempDir
    private Path folder;

    @Test
    void givenNoProcessor_whenCalled_thenItIs503WithRetryAfterAndTheRetryFindsTheSameAction(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).with("SLUICE_REPLY_TIMEOUT", "PT1S")) {
            sluice.startIngressAlone();
            assertUnavailable(sluice.api(0).track("ada", "signIn", KEY));
            assertUnavailable(sluice.api(0).backend("GET", "/users/ada", Map.of()));
            assertUnavailable(sluice.api(0).backend("GET", "/users/ada/actions", Map.of()));

            sluice.startProcessorsAlone();

            assertThat(sluice.api(0).track("ada", "signIn", KEY).text("state")).isEqualTo("CHALLENGE_REQUIRED");
            assertThat(sluice.api(0)
                            .backend("GET", "/users/ada/actions", Map.of())
                            .body())
                    .as("the call that had no answer was not lost, and the retry is the same action")
                    .hasSize(1);
        }
    }

    @Test
    void givenMoreCallsThanMayWait_whenCalled_thenTheyAreRefusedAtOnce(Bootstrap kafka) throws Exception {
        try (var sluice =
                Sluice.on(kafka, folder).with("SLUICE_REPLY_TIMEOUT", "PT6S").with("SLUICE_IN_FLIGHT_MAX", "1")) {
            sluice.startIngressAlone();
            var waiting = new Thread(() -> sluice.api(0).track("ada", "signIn", KEY));
            waiting.start();
            Awaitility.await().until(() -> !Outcomes.of(
                            sluice.node().kafka().client(),
                            sluice.topics().trackEvents.name())
                    .isEmpty());
            var before = System.nanoTime();

            assertUnavailable(sluice.api(0).track("eve", "signIn", KEY));

            assertThat(System.nanoTime() - before).as("not after the time-out").isLessThan(3_000_000_000L);
            waiting.join();
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isPresent();
        assertThat(answer.text("error")).isEqualTo("service_unavailable");
        assertThat(answer.text("errorCode")).isEqualTo("service_unavailable");
    }
}
