package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.WebhookReceiver;

/** Webhooks whose answer counts, of an installation that has no mail server. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SynchronousWebhooksTest {
    @TempDir
    private static Path folder;

    private Sluice sluice;
    private Api api;
    private Management management;
    private WebhookReceiver receiver;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start();
        api = sluice.api(0);
        management = new Management(api);
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @BeforeEach
    void listen() throws Exception {
        receiver = WebhookReceiver.listening();
    }

    @AfterEach
    void leave() {
        management.patch("/tenant", "{'webhookUrl':null,'webhookEvents':null}");
        receiver.close();
    }

    private void ask(String type) {
        assertThat(management
                        .patch("/tenant", "{'webhookUrl':'" + receiver.url() + "','webhookEvents':['" + type + "']}")
                        .status())
                .isEqualTo(200);
    }

    private JsonNode asked(int call) {
        return receiver.calls().get(call).json();
    }

    @Test
    void givenATenantThatSendsItsMails_whenACodeIsWanted_thenTheTenantIsGivenItAndItCounts() {
        ask("email.created");
        var userId = "user-" + UUID.randomUUID();
        var token = api.track(userId, "signIn", Map.of("idempotencyKey", "one", "locale", "de"))
                .text("token");

        var enrolment = api.client("/client/user-authenticators/email-otp", token, Map.of("email", "ada@example.com"));

        assertThat(enrolment.status()).as(enrolment.body().toString()).isEqualTo(200);
        assertThat(receiver.calls()).hasSize(1);
        assertThat(receiver.calls().get(0).signature()).matches("t=\\d+,v2=[\\w+/]{43}");
        assertThat(asked(0).path("type").asText()).isEqualTo("email.created");
        var data = asked(0).path("data");
        var code = data.path("code").asText();
        assertThat(data.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "to", "code", "userId", "actionCode", "idempotencyKey", "verificationMethod", "locale");
        assertThat(data.path("to").asText()).isEqualTo("ada@example.com");
        var verified = api.client("/client/verify/email-otp", token, Map.of("verificationCode", code));
        assertThat(verified.text("isVerified")).isEqualTo("true");
    }

    @Test
    void givenATenantThatDoesNotTakeTheMail_whenALinkIsWanted_thenTheCallIsRefusedWithRetryAfter() {
        ask("email.created");
        receiver.answering(400);
        var token = api.track("user-" + UUID.randomUUID(), "signIn", Map.of()).text("token");

        var refused =
                api.client("/client/user-authenticators/email-magic-link", token, Map.of("email", "ada@example.com"));

        assertThat(asked(0).path("data").path("url").asText()).contains("/magic-link?t=");
        assertThat(asked(0).path("data").has("code")).isFalse();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("errorCode")).isEqualTo("service_unavailable");
        assertThat(refused.retryAfter()).contains("5");
        assertThat(receiver.calls()).as("asked once").hasSize(1);
    }

    /** Fail closed (P6): only a yes meets the challenge, and then the same code does. */
    @Test
    void givenATenantThatIsAsked_whenTheCodeIsRight_thenTheChallengeIsMetByItsYesAlone() {
        var person = Person.enrolled(api);
        ask("action.verify");
        var token = api.track(person.userId(), "signIn", Map.of()).text("token");
        var code = person.code(0);

        assertThat(api.verify(token, "000000").text("isVerified")).isEqualTo("false");
        assertThat(receiver.calls()).as("a wrong code is nobody's question").isEmpty();

        receiver.answering(403);
        var refused = api.verify(token, code);
        assertThat(refused.text("failureReason")).isEqualTo("CODE_INVALID_OR_EXPIRED");
        assertThat(api.validate(token).text("state")).isEqualTo("CHALLENGE_REQUIRED");

        receiver.answering(500);
        var unanswered = api.verify(token, code);
        assertThat(unanswered.status()).isEqualTo(503);
        assertThat(unanswered.retryAfter()).contains("5");
        assertThat(api.validate(token).text("isValid")).isEqualTo("false");

        receiver.answering(200);
        var verified = api.verify(token, code);
        assertThat(verified.text("isVerified")).isEqualTo("true");
        assertThat(api.validate(token).text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
        assertThat(receiver.calls()).hasSize(3);
        assertThat(asked(2).path("type").asText()).isEqualTo("action.verify");
        assertThat(asked(2).path("data").path("userId").asText()).isEqualTo(person.userId());
        assertThat(api.verify(token, code).text("isVerified")).as("P5: once").isEqualTo("false");
    }

    @Test
    void givenAReceiverThatIsGone_whenTheCodeIsRight_thenNothingSucceeds() {
        var person = Person.enrolled(api);
        ask("action.verify");
        receiver.goDown();
        var token = api.track(person.userId(), "signIn", Map.of()).text("token");

        assertThat(api.verify(token, person.code(0)).status()).isEqualTo(503);

        assertThat(api.validate(token).text("state")).isEqualTo("CHALLENGE_REQUIRED");
    }

    /** A receiver of events that never heard of questions would say yes to all. */
    @Test
    void givenAReceiverOfAllEvents_whenTheCodeIsRight_thenItIsNotAsked() {
        management.patch("/tenant", "{'webhookUrl':'" + receiver.answering(500).url() + "'}");

        var person = Person.enrolled(api);

        assertThat(person.userId()).isNotEmpty();
        assertThat(receiver.calls()).noneMatch(call -> call.body().contains("action.verify"));
    }
}
