package sluice.acceptance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
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
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.WebhookReceiver;
import sluice.acceptance.testkit.WebhookReceiver.Call;

/** Webhooks on a real broker: what happens is told, in order, whatever becomes of the receiver for a while. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {
    private static final int SIGN_INS = 12;

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
        tell(receiver);
    }

    @AfterEach
    void leave() {
        management.patch("/tenant", "{'webhookUrl':null,'webhookEvents':null}");
        receiver.close();
    }

    private void tell(WebhookReceiver told) {
        assertThat(management
                        .patch("/tenant", "{'webhookUrl':'" + told.url() + "'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void givenAnEnrolmentAndASignIn_whenTheyAreTold_thenInTheOrderOfEachTopicAndEachIsSigned() {
        var person = Person.enrolled(api);
        var token = api.track(person.userId(), "signIn", Map.of()).text("token");
        api.verify(token, person.code(0));
        api.backend("DELETE", "/users/" + person.userId(), Map.of());

        await().until(() -> of(person.userId()).size() == 6);

        assertThat(states(person.userId()))
                .containsExactly(
                        "CHALLENGE_REQUIRED", "CHALLENGE_SUCCEEDED", "CHALLENGE_REQUIRED", "CHALLENGE_SUCCEEDED");
        assertThat(of(person.userId()).stream()
                        .filter(call -> !call.json().has("records"))
                        .map(call -> call.json().path("type").asText()))
                .containsExactly("authenticator.created", "user.deleted");
        assertThat(of(person.userId()))
                .extracting(Call::signature)
                .allMatch(one -> one.matches("t=\\d+,v2=[\\w+/]{43}"));
        assertThat(receiver.calls()).extracting(Call::id).doesNotHaveDuplicates();
        assertThat(receiver.calls()).extracting(Call::body).noneMatch(body -> body.contains(person.secret()));
    }

    @Test
    void givenAReceiverThatIsDown_whenItComesBack_thenEveryTransitionIsToldInOrder() throws Exception {
        receiver.goDown();
        var users = IntStream.range(0, SIGN_INS)
                .mapToObj(number -> "user-" + UUID.randomUUID())
                .toList();
        for (var userId : users) {
            signIn(userId);
            update(userId, "BLOCK");
            update(userId, "REVIEW_REQUIRED");
        }
        assertThat(sluice.node().health().isReady()).isTrue();

        receiver.comeBack();

        await().untilAsserted(() -> assertThat(
                        statesOf(users).values().stream().mapToInt(List::size).sum())
                .isGreaterThanOrEqualTo(3 * SIGN_INS));
        assertThat(statesOf(users)).hasSize(SIGN_INS).allSatisfy((userId, states) -> assertThat(states)
                .containsExactly("CHALLENGE_REQUIRED", "BLOCK", "REVIEW_REQUIRED"));
        assertThat(receiver.taken()).extracting(Call::id).containsAll(transitionsOf(users));
    }

    @Test
    void s25_givenAReceiverThatFails_whenItIsTriedAgain_thenTheSameEventIsSignedAnew() {
        receiver.answering(500);
        signIn("unlucky");
        await().until(() -> receiver.calls().size() >= 2);

        receiver.answering(200);

        await().until(() -> !receiver.taken().isEmpty());
        assertThat(receiver.calls())
                .extracting(Call::body)
                .containsOnly(receiver.taken().get(0).body());
        assertThat(receiver.calls()).extracting(Call::signature).doesNotHaveDuplicates();
    }

    @Test
    void givenARedirect_whenAnswered_thenItIsAFailureAndNobodyFollows() {
        receiver.answering(302);
        signIn("redirected");
        await().until(() -> receiver.calls().size() >= 2);

        assertThat(receiver.calls())
                .extracting(Call::id)
                .containsOnly(receiver.calls().get(0).id());
        assertThat(sluice.node()
                        .meters()
                        .get("sluice.webhook.attempts.failed")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void givenAReceiverThatAsksForPatience_whenAnotherTakesItsPlace_thenItIsTriedAtOnce() throws Exception {
        receiver.answering(503).askingForPatience(3000);
        signIn("moved");
        await().until(() -> !receiver.calls().isEmpty());

        try (var other = WebhookReceiver.listening()) {
            tell(other);
            await().until(() -> !other.taken().isEmpty());

            assertThat(other.taken())
                    .extracting(Call::id)
                    .contains(receiver.calls().get(0).id());
        }
        assertThat(receiver.calls()).hasSize(1);
    }

    @Test
    void givenSomeTypesAlone_whenOthersHappen_thenTheyAreNotTold() {
        management.patch("/tenant", "{'webhookEvents':['authenticator.created']}");

        var person = Person.enrolled(api);
        await().until(() -> !of(person.userId()).isEmpty());

        assertThat(receiver.calls())
                .extracting(call -> call.event().path("type").asText())
                .containsOnly("authenticator.created");
    }

    /** S17, S24: who lists the types is told of each; who doesn't, as all before them, gets none. */
    @Test
    void s17_s24_givenAReplayAndAWrongCode_whenTheTypesAreListed_thenBothAreToldOfAndNotBefore() {
        var quiet = refusedTwice();
        await().until(() -> states(quiet).size() == 5);
        management.patch("/tenant", "{'webhookEvents':['totp.replay_refused','attempt.refused']}");

        var told = refusedTwice();
        await().until(() -> of(told).size() == 2);

        assertThat(of(told))
                .extracting(call -> call.event().path("type").asText())
                .containsExactly("attempt.refused", "totp.replay_refused");
        assertThat(of(quiet)).noneMatch(call -> call.body().contains("refused"));
    }

    /** A user whose challenge got a wrong code, and then one that was accepted before. */
    private String refusedTwice() {
        var person = Person.enrolled(api);
        var met = api.track(person.userId(), "signIn", Map.of()).text("token");
        var code = person.code(0);
        api.verify(met, code);
        var open = api.track(person.userId(), "pay", Map.of()).text("token");
        api.verify(open, wrongCode(person));
        api.verify(open, code);
        return person.userId();
    }

    private static String wrongCode(Person person) {
        var near = IntStream.rangeClosed(-3, 3).mapToObj(person::code).toList();
        return Stream.of("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void givenAUrlThatWasUnset_whenItIsSetAgain_thenWhatCameInBetweenIsNotTold() {
        signIn("before");
        await().until(() -> !of("before").isEmpty());
        management.patch("/tenant", "{'webhookUrl':null}");
        signIn("between");

        tell(receiver);
        signIn("after");
        await().until(() -> !of("after").isEmpty());

        assertThat(of("before")).hasSize(1);
        assertThat(of("between")).isEmpty();
    }

    private void signIn(String userId) {
        var answer = api.track(userId, "signIn", Map.of("idempotencyKey", "one"));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private void update(String userId, String state) {
        var answer = api.backend("PATCH", "/users/" + userId + "/actions/signIn/one", Map.of("state", state));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    private List<Call> of(String userId) {
        return receiver.taken().stream()
                .filter(call -> call.body().contains("\"userId\":\"" + userId + "\""))
                .toList();
    }

    private List<String> states(String userId) {
        return of(userId).stream()
                .filter(call -> call.json().has("records"))
                .map(WebhookTest::state)
                .toList();
    }

    private static String state(Call call) {
        return call.event().path("record").path("state").asText();
    }

    /** An event may come again, where a machine is busy: it is told by its id (docs/webhooks.md). */
    private Map<String, List<String>> statesOf(List<String> users) {
        var told = new HashSet<String>();
        return receiver.taken().stream()
                .filter(call -> users.contains(userOf(call)) && told.add(call.id()))
                .collect(groupingBy(WebhookTest::userOf, mapping(WebhookTest::state, toList())));
    }

    private static String userOf(Call call) {
        return call.event().path("record").path("userId").asText();
    }

    /** Ids of the transitions on the log: what must have been told. */
    private List<String> transitionsOf(List<String> users) {
        var transitions = sluice.topics().challengeTransitions;
        return Outcomes.of(sluice.node().kafka().client(), transitions.name()).stream()
                .map(read -> transitions.value().fromBytes(read.value()))
                .filter(transition -> users.contains(transition.getUserId()))
                .map(transition -> transition.getEventId())
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }
}
