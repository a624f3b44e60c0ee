package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.configuration.domain.Author;
import sluice.track.tenant.TenantSetup;

/** Two nodes of every service: users are owned by one or the other, callers come to either. */
@ExtendWith(KafkaBroker.class)
class TwoNodesTest {
    @TempDir
    private static Path folder;

    private static Sluice sluice;
    private static ExecutorService callers;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start().start();
        callers = Executors.newFixedThreadPool(16);
    }

    @AfterAll
    static void stop() throws Exception {
        callers.shutdownNow();
        sluice.close();
    }

    @Test
    void givenOneIngressTracked_whenTheOtherVerifies_thenEitherValidates() {
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");

        var verified = sluice.api(1).verify(token, person.code(0));

        assertThat(verified.text("isVerified")).isEqualTo("true");
        for (var ingress : List.of(0, 1)) {
            var validated = sluice.api(ingress).validate(verified.text("accessToken"));
            assertThat(validated.text("isValid")).isEqualTo("true");
            assertThat(validated.text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
        }
    }

    /** S1, P5: a hundred equal codes at once, over two nodes. */
    @Test
    void givenOneCode_whenItComesAHundredTimesAtOnceForTwentyChallenges_thenOneSucceeds() {
        var person = Person.enrolled(sluice.api(0));
        var tokens = IntStream.range(0, 20)
                .mapToObj(i -> sluice.api(i % 2)
                        .track(person.userId(), "pay", Map.of())
                        .text("token"))
                .toList();
        var code = person.code(0);

        var answers = atOnce(IntStream.range(0, 100)
                .mapToObj(i -> supply(() -> sluice.api(i % 2).verify(tokens.get(i % 20), code)))
                .toList());

        assertThat(answers)
                .filteredOn(answer -> answer.text("isVerified").equals("true"))
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .as("S5: ten attempts in five minutes, the enrolment's code among them")
                .hasSize(91)
                .allSatisfy(answer -> assertThat(answer.retryAfter()).isPresent());
    }

    /** P2: the same key at once, over two nodes. */
    @Test
    void givenOneIdempotencyKey_whenTrackedAtOnce_thenItIsOneAction() {
        var userId = "user-at-once";
        var attributes = Map.<String, Object>of("idempotencyKey", "the-key");

        var answers = atOnce(IntStream.range(0, 20)
                .mapToObj(i -> supply(() -> sluice.api(i % 2).track(userId, "pay", attributes)))
                .toList());

        assertThat(answers).extracting(answer -> answer.text("state")).containsOnly("CHALLENGE_REQUIRED");
        assertThat(sluice.api(1)
                        .backend("GET", "/users/" + userId + "/actions", Map.of())
                        .body())
                .hasSize(1);
    }

    /** P4: what a reply told is visible at once, at the other ingress too. */
    @Test
    void givenATrackedAction_whenAskedForAtOnce_thenItIsThere() {
        var answers = atOnce(IntStream.range(0, 300)
                .mapToObj(i -> supply(() -> {
                    var tracked = sluice.api(i % 2).track("reader-" + i % 40, "browse", Map.of());
                    var path = "/users/reader-%d/actions/browse/%s".formatted(i % 40, tracked.text("idempotencyKey"));
                    return sluice.api((i + 1) % 2).backend("GET", path, Map.of());
                }))
                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(200);
    }

    /** Contract section 6: rotation costs no token that was given out. */
    @Test
    void givenTokens_whenTheKeyIsRotated_thenOldOnesStayGoodAndNewOnesHaveTheNewKey() throws IOException {
        var person = Person.enrolled(sluice.api(0));
        var before = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");

        var keyId = new TenantSetup(
                        sluice.node().configuration(),
                        sluice.node().sealing(),
                        InstantSource.system(),
                        Author.commandLine("test", "run"))
                .addTokenKey(Duration.ZERO);

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(keyIdOf(
                        sluice.api(1).track("anybody", "browse", Map.of()).text("token")))
                .isEqualTo(keyId));
        var verified = sluice.api(1).verify(before, person.code(0)).text("accessToken");
        assertThat(keyIdOf(verified)).isEqualTo(keyId).isNotEqualTo(keyIdOf(before));
        assertThat(sluice.api(0).validate(verified).text("isValid")).isEqualTo("true");
        assertThat(sluice.api(0).validate(before).text("isValid")).isEqualTo("true");
    }

    private static String keyIdOf(String token) throws IOException {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))))
                .path("kid")
                .asText();
    }

    private static CompletableFuture<Answer> supply(Supplier<Answer> call) {
        return CompletableFuture.supplyAsync(call, callers);
    }

    private static List<Answer> atOnce(List<CompletableFuture<Answer>> calls) {
        return calls.stream().map(CompletableFuture::join).toList();
    }
}
