package sluice.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.ActionState;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.TrackEvent;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.track.totp.Base32;

/** The log as its readers and writers see it. */
@ExtendWith(KafkaBroker.class)
class LogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Mailbox mailbox;
    private Sluice sluice;

    @BeforeEach
    void start(Bootstrap kafka) throws Exception {
        mailbox = Mailbox.open();
        sluice = mailbox.usedBy(Sluice.on(kafka, folder)).start();
    }

    @AfterEach
    void stop() throws Exception {
        sluice.close();
        mailbox.close();
    }

    /** Design section 4: a platform may publish track-events itself, with no HTTP; the event may come twice (P2). */
    @Test
    void givenAPlatformThatWritesTheLog_whenItsEventComesTwice_thenOneTransitionComesOfIt() throws Exception {
        var event = event("payment-1");
        publish(sluice.topics().trackEvents, null, Sluice.TENANT + "/ada", event);
        publish(sluice.topics().trackEvents, null, Sluice.TENANT + "/ada", event);

        var path = "/users/ada/actions/createPayment/payment-1";
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        sluice.api(0).backend("GET", path, Map.of()).text("state"))
                .isEqualTo("CHALLENGE_REQUIRED"));
        sluice.api(0).track("ada", "createPayment", Map.of("idempotencyKey", "payment-2")); // behind both

        assertThat(transitions())
                .extracting(ChallengeTransition::getIdempotencyKey)
                .contains("payment-1");
        assertThat(transitions().stream()
                        .filter(transition -> transition.getIdempotencyKey().equals("payment-1"))
                        .map(ChallengeTransition::getEventId)
                        .distinct())
                .hasSize(1);
    }

    /** librdkafka's own partitioner does this: one user would be two, on two owners. */
    @Test
    void givenAnEventInAnotherPartitionThanItsKeys_whenProcessed_thenItIsADeadLetter() throws Exception {
        var key = Sluice.TENANT + "/ada";
        var event = event("payment-1");
        var wrong = (UserKey.partition(key, sluice.topics().partitions()) + 1)
                % sluice.topics().partitions();
        publish(sluice.topics().trackEvents, wrong, key, event);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(Outcomes.of(
                        sluice.node().kafka().client(), sluice.topics().deadLetters()))
                .hasSize(1));
        assertThat(transitions()).isEmpty();
    }

    private static TrackEvent event(String idempotencyKey) {
        return TrackEvent.newBuilder()
                .setEventId("event-1")
                .setTenantId(Sluice.TENANT)
                .setUserId("ada")
                .setActionCode("createPayment")
                .setIdempotencyKey(idempotencyKey)
                .setReceivedAt(Instant.now())
                .build();
    }

    @Test
    void givenAnAnalyst_whenAChallengeIsMet_thenTheOutcomeTopicTellsTheWholeStory() {
        var person = Person.enrolled(sluice.api(0));
        var tracked = sluice.api(0).track(person.userId(), "signIn", Map.of());
        sluice.api(0).verify(tracked.text("token"), person.code(0));

        var story = transitions().stream()
                .filter(transition -> transition.getIdempotencyKey().equals(tracked.text("idempotencyKey")))
                .toList();

        assertThat(story)
                .extracting(ChallengeTransition::getTo)
                .containsExactly(ActionState.CHALLENGE_REQUIRED, ActionState.CHALLENGE_SUCCEEDED);
        assertThat(story.get(1).getFrom()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(story.get(1).getAuthenticatorId()).isNotNull();
    }

    /** P3: a replay of the inputs into empty state gives the same outcomes, byte for byte. */
    @Test
    void givenARecordedLog_whenItIsReplayedIntoEmptyState_thenTheOutcomesAreTheSameBytes(Bootstrap kafka)
            throws Exception {
        live();
        var recorded = outcomes(sluice);
        var mails = mailbox.count();
        assertThat(mails).isPositive();
        try (var replay = Sluice.on(kafka, folder)) {
            replay.join(); // makes the topics
            copyInputs(sluice, replay);
            replay.startProcessorsAlone();

            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(outcomes(replay))
                    .containsExactlyInAnyOrderEntriesOf(recorded));
            assertThat(mailbox.count()).as("no mail is sent again").isEqualTo(mails);
        }
    }

    private void live() {
        readAddresses("signIn");
        for (var each = 0; each < 5; each++) {
            var person = Person.enrolled(sluice.api(0));
            var token = sluice.api(0)
                    .track(person.userId(), "signIn", Map.of("ipAddress", "203.0.113." + each))
                    .text("token");
            sluice.api(0).verify(token, "not a code");
            sluice.api(0).verify(token, person.code(0));
            sluice.api(0).verify(token, person.code(0));
            sluice.api(0)
                    .management(
                            "POST",
                            "/action-configurations",
                            Map.of("actionCode", "pay-" + each, "defaultUserActionResult", "BLOCK"));
            var paid = sluice.api(0).track(person.userId(), "pay-" + each, Map.of("idempotencyKey", "paid"));
            assertThat(paid.status()).isEqualTo(200);
            manage(person, "/users/" + person.userId(), "pay-" + each);
            confirmAnAddress("ada-" + each + "@example.com");
        }
    }

    private void confirmAnAddress(String email) {
        var userId = "user-" + UUID.randomUUID();
        var token = sluice.api(0).track(userId, "signIn", Map.of()).text("token");
        sluice.api(0).client("/client/user-authenticators/email-otp", token, Map.of("email", email));
        var code = mailbox.code(email);
        var verified = sluice.api(0).client("/client/verify/email-otp", token, Map.of("verificationCode", code));
        assertThat(verified.text("isVerified")).isEqualTo("true");
    }

    /** Sets a rule that reads what is personal, so that decisions have something to explain. */
    private void readAddresses(String action) {
        var read = Map.of("cat", List.of(Map.of("var", "ip.address"), Map.of("var", "user.email")));
        var answer = sluice.api(0)
                .management(
                        "POST",
                        "/action-configurations/" + action + "/rules",
                        Map.of(
                                "name",
                                "Reads addresses",
                                "isActive",
                                true,
                                "priority",
                                0,
                                "type",
                                "CHALLENGE",
                                "conditions",
                                Map.of("!!", List.of(read))));
        assertThat(answer.status()).isEqualTo(200);
    }

    private void manage(Person person, String path, String action) {
        var api = sluice.api(0);
        api.backend("PATCH", path, Map.of("displayName", "Ada"));
        api.backend("PATCH", path + "/actions/" + action + "/paid", Map.of("state", "REVIEW_SUCCEEDED"));
        api.backend("PATCH", path + "/actions/" + action + "/none", Map.of("state", "REVIEW_SUCCEEDED"));
        api.backend("POST", path + "/authenticators", Map.of("verificationMethod", "SMS", "phoneNumber", "+1555"));
        var token = api.track(person.userId(), action, Map.of("scope", "add:authenticators"))
                .text("token");
        api.client("/client/recovery-codes", token, Map.of());
        api.client("/client/verify/recovery-code", token, Map.of("verificationCode", "no code"));
        api.backend("DELETE", path, Map.of());
        api.track(person.userId(), action, Map.of());
    }

    /** What every user's outcomes are, topic by topic, in their order. */
    private static Map<String, List<String>> outcomes(Sluice of) {
        var outcomes = new HashMap<String, List<String>>();
        var topics = of.topics();
        for (var topic :
                List.of(topics.decisions, topics.verifications, topics.userChanges, topics.challengeTransitions)) {
            var name = topic.name().substring(topics.prefix().length());
            Outcomes.of(of.node().kafka().client(), topic.name())
                    .forEach(read -> outcomes.computeIfAbsent(name + " of " + read.key(), key -> new ArrayList<>())
                            .add(new String(read.value(), ISO_8859_1)));
        }
        return outcomes;
    }

    private static void copyInputs(Sluice from, Sluice to) throws ExecutionException, InterruptedException {
        copy(from, to, from.topics().configuration, to.topics().configuration);
        copy(from, to, from.topics().epochKeys, to.topics().epochKeys);
        copy(from, to, from.topics().trackEvents, to.topics().trackEvents);
        copy(from, to, from.topics().verifyEvents, to.topics().verifyEvents);
        copy(from, to, from.topics().userCommands, to.topics().userCommands);
    }

    private static void copy(Sluice from, Sluice to, Topic<?> source, Topic<?> target)
            throws ExecutionException, InterruptedException {
        try (var producer =
                new KafkaProducer<>(to.node().kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            var records = new ArrayList<>(Outcomes.of(from.node().kafka().client(), source.name()));
            records.sort(Comparator.comparingLong(ConsumerRecord::offset));
            for (var read : records) {
                producer.send(new ProducerRecord<>(
                                target.name(), read.partition(), read.timestamp(), read.key(), read.value()))
                        .get();
            }
        }
    }

    /** E11, S11: neither a secret nor personal data is in the clear on any topic, changelogs included, or on the disk. */
    @Test
    void givenSecretsAndPersonalData_whenEveryByteIsRead_thenNoneOfThemIsInTheClear() throws Exception {
        readAddresses("signIn");
        var person = Person.enrolled(sluice.api(0));
        var told = Map.<String, Object>of(
                "email",
                "countess@lovelace.example",
                "phoneNumber",
                "+15550100",
                "username",
                "enchantress-of-numbers",
                "ipAddress",
                "203.0.113.199",
                "deviceId",
                "device-of-the-countess");
        var token = sluice.api(0).track(person.userId(), "signIn", told).text("token");
        sluice.api(0).verify(token, "271828");
        var path = "/users/" + person.userId();
        sluice.api(0)
                .backend(
                        "PATCH",
                        path,
                        Map.of("displayName", "Augusta Ada King", "custom", Map.of("engine", "analytical-no-1")));
        sluice.api(0)
                .backend(
                        "POST",
                        path + "/authenticators",
                        Map.of("verificationMethod", "SMS", "phoneNumber", "+15550199"));
        assertThat(sluice.api(0).backend("GET", path, Map.of()).text("displayName"))
                .isEqualTo("Augusta Ada King");
        assertThat(sluice.api(0)
                        .backend("GET", "/users/" + person.userId(), Map.of())
                        .text("email"))
                .isEqualTo("countess@lovelace.example");

        var codes = recoveryCodes(person);

        var secrets = new ArrayList<>(List.of(
                "countess@lovelace.example",
                "203.0.113.77",
                "+15550100",
                "enchantress-of-numbers",
                "203.0.113.199",
                "device-of-the-countess",
                "Augusta Ada King",
                "analytical-no-1",
                "+15550199",
                "271828",
                token,
                Sluice.API_SECRET,
                Sluice.MANAGEMENT_SECRET,
                person.secret(),
                new String(Base32.decode(person.secret()), ISO_8859_1)));
        codes.forEach(code -> secrets.addAll(List.of(code, code.replace("-", ""))));

        for (var topic : sluice.node().admin().listTopics().names().get()) {
            if (!topic.startsWith(sluice.topics().prefix())) continue;
            Outcomes.of(sluice.node().kafka().client(), topic).forEach(read -> {
                assertHoldsNone(read.key().getBytes(UTF_8), secrets, topic);
                assertHoldsNone(read.value(), secrets, topic);
            });
        }
        sluice.close();
        try (var files = Files.walk(folder.resolve("state"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertHoldsNone(Files.readAllBytes(file), secrets, file.toString());
            }
        }
    }

    /** E11: what is sent is for the one who reads the mail. */
    @Test
    void givenMails_whenEveryRecordIsRead_thenNeitherCodeNorLinkNorAddressIsInTheClear() throws Exception {
        var email = "augusta@lovelace.example";
        var token = sluice.api(0).track("ada", "signIn", Map.of()).text("token");
        sluice.api(0).client("/client/user-authenticators/email-otp", token, Map.of("email", email));
        var code = mailbox.code(email);
        sluice.api(0).client("/client/verify/email-otp", token, Map.of("verificationCode", code));
        sluice.api(0).client("/client/user-authenticators/email-magic-link", token, Map.of("email", email));
        var link = mailbox.link(email);

        var records = 0;
        for (var topic : sluice.node().admin().listTopics().names().get()) {
            if (!topic.startsWith(sluice.topics().prefix())) continue;
            for (var read : Outcomes.of(sluice.node().kafka().client(), topic)) {
                assertHoldsNone(read.value(), List.of(email, code, link), topic);
                records++;
            }
        }
        assertThat(records).isGreaterThan(10);
    }

    /** S20: a person's recovery codes, one of them spent. */
    private List<String> recoveryCodes(Person person) {
        var token = sluice.api(0)
                .track(person.userId(), "settings", Map.of("scope", "add:authenticators"))
                .text("token");
        var issued =
                sluice.api(0).client("/client/recovery-codes", token, Map.of()).body();
        var codes = new ArrayList<String>();
        issued.path("recoveryCodes").forEach(code -> codes.add(code.asText()));
        assertThat(codes).hasSize(10);
        var spent =
                sluice.api(0).client("/client/verify/recovery-code", token, Map.of("verificationCode", codes.get(0)));
        assertThat(spent.text("isVerified")).isEqualTo("true");
        return codes;
    }

    private static void assertHoldsNone(byte[] bytes, List<String> secrets, String where) {
        if (bytes == null) return;
        var text = new String(bytes, ISO_8859_1);
        for (var secret : secrets) assertThat(text.contains(secret)).as(where).isFalse();
    }

    private List<ChallengeTransition> transitions() {
        Topics topics = sluice.topics();
        return Outcomes.of(sluice.node().kafka().client(), topics.challengeTransitions.name()).stream()
                .map(read -> topics.challengeTransitions.value().fromBytes(read.value()))
                .toList();
    }

    private <V extends SpecificRecord> void publish(Topic<V> topic, @Nullable Integer partition, String key, V event)
            throws ExecutionException, InterruptedException {
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                topic.value().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), partition, key, event))
                    .get();
        }
    }
}
