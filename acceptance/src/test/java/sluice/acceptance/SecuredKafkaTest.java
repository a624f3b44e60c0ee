package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import sluice.acceptance.testkit.Authority;
import sluice.acceptance.testkit.Mailbox;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Permissions;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.SecuredKafka;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.WebhookReceiver;
import sluice.deploy.LogAccess;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.NodeSettings.Guarantee;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.kafka.Brokers;
import sluice.runtime.kafka.ClientSecurity;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.settings.Settings;
import sluice.schemas.topic.TopicCreation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.tenant.TenantSetup;

/**
 * E10, S27: each service with a login of its own and the permissions that docs/operators.md lists, no more, on a broker
 * that speaks TLS.
 */
class SecuredKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static final ListAppender<ILoggingEvent> SAID = new ListAppender<>();
    private static final Logger KAFKAS_LOG = (Logger) LoggerFactory.getLogger("org.apache.kafka");

    private static SecuredKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        SAID.start();
        KAFKAS_LOG.addAppender(SAID);
        KAFKAS_LOG.setAdditive(false);
        KAFKAS_LOG.setLevel(Level.INFO); // where Kafka's clients show their settings
        kafka = SecuredKafka.start(folder, new Authority(folder.resolve("authority")));
        kafka.admit(Permissions.logins());
        kafka.admit(List.of("nobody"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        KAFKAS_LOG.detachAppender(SAID);
        KAFKAS_LOG.setAdditive(true);
        KAFKAS_LOG.setLevel(null);
    }

    private static Sluice as(Sluice sluice, String login) throws Exception {
        return sluice.with(ClientSecurity.FILE, kafka.clientFile(login).toString());
    }

    private static NodeSettings settings(Sluice sluice) {
        return NodeSettings.from(new Settings(sluice.environment()));
    }

    /** An installation whose topics are there and whose logins are permitted what they need; nothing of it runs yet. */
    private static Sluice prepared(Path data) throws Exception {
        var sluice =
                Sluice.on(kafka.bootstrap(), data).with("SLUICE_SESSION_TIMEOUT", "PT10S"); // nobody is to take over
        kafka.permit(Permissions.of(settings(sluice).topicPrefix()));
        createTopics(settings(as(sluice, "create-topics")));
        return sluice;
    }

    /** As the command does. */
    private static void createTopics(NodeSettings settings) throws Exception {
        var topics =
                new Topics(settings.topicPrefix(), settings.partitions(), settings.retention(), ReleasedSchemas.load());
        try (var admin = Brokers.reach(settings)) {
            new TopicCreation(admin, settings.replicationFactor()).createMissing(topics);
        }
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void givenALoginForEachService_whenAUserEnrolsAndSignsIn_thenAllOfItWorksAndNoPasswordIsShown(
            Guarantee guarantee, @TempDir Path data) throws Exception {
        try (var sluice = prepared(data).with("SLUICE_PROCESSING_GUARANTEE", guarantee.name());
                var receiver = WebhookReceiver.listening();
                var mailbox = Mailbox.open()) {
            mailbox.usedBy(sluice).with("SLUICE_NOTICE_MAILS", "true");
            as(sluice, "rules-processor").startProcessorAlone("rules-processor");
            as(sluice, "challenge-service").startProcessorAlone("challenge-service");
            as(sluice, "track-service").startIngressAlone();
            var management = new Management(sluice.api(0));
            assertThat(management
                            .patch("/tenant", "{'webhookUrl':'" + receiver.url() + "'}")
                            .status())
                    .isEqualTo(200);

            var person = Person.enrolled(sluice.api(0));
            var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
            var verified = sluice.api(0).verify(token, person.code(0));
            var validated = sluice.api(0).validate(verified.text("accessToken"));

            assertThat(validated.text("isValid")).isEqualTo("true");
            assertThat(validated.text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
            assertThat(sluice.api(0)
                            .backend("GET", "/users/" + person.userId(), Map.of())
                            .status())
                    .isEqualTo(200);
            Awaitility.await().atMost(PATIENCE).until(() -> receiver.calls().size() >= 5);
            assertIsTold(sluice, mailbox, person.userId());
            assertBacktestSucceeds(management);
            assertRotates(as(sluice, "rotate-keys"));
            assertThat(reads(as(sluice, "backtest"))).isPositive();
            for (var command : List.of("backtest", "replay", "export", "audit")) assertLooksUp(as(sluice, command));
            assertNoPasswordIsShown();
        }
    }

    private static void assertIsTold(Sluice sluice, Mailbox mailbox, String userId) {
        var address = Map.<String, Object>of("verificationMethod", "EMAIL_OTP", "email", "ada@example.com");
        sluice.api(0).backend("POST", "/users/" + userId + "/authenticators", address);
        Awaitility.await().atMost(PATIENCE).until(() -> mailbox.count() == 1);
    }

    private static void assertBacktestSucceeds(Management management) {
        var path = "/backtests/"
                + management.post("/backtests", "{'rules':{'signIn':[]}}").text("backtestId");
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        management.get(path).text("state"))
                .isEqualTo("SUCCEEDED"));
    }

    private static void assertRotates(Sluice sluice) throws Exception {
        try (var node = Node.join(settings(sluice), step -> {})) {
            var setup = new TenantSetup(
                    node.configuration(), node.sealing(), InstantSource.system(), Author.commandLine("test", "run"));
            assertThat(setup.addTokenKey(Duration.ZERO)).isNotEmpty();
        }
    }

    private static int reads(Sluice sluice) {
        var kafkaProperties = new KafkaProperties(settings(sluice));
        return Outcomes.of(kafkaProperties.reader(), sluice.topics().decisions.name())
                .size();
    }

    /** As a command does at a record of an id that its build lacks. */
    private static void assertLooksUp(Sluice sluice) throws InterruptedException {
        try (var schemas = LogAccess.of(settings(sluice)).numbering().schemas()) {
            assertThat(schemas.lookUp(1_000_000)).isEmpty();
        }
    }

    private static void assertNoPasswordIsShown() {
        assertThat(List.copyOf(SAID.list))
                .as("Kafka's clients have shown their settings")
                .anyMatch(event -> event.getFormattedMessage().contains("sasl.jaas.config"))
                .noneMatch(event -> said(event).contains("hush-hush"))
                .noneMatch(event -> said(event).contains(Authority.PASSWORD));
    }

    private static String said(ILoggingEvent event) {
        var fault = event.getThrowableProxy();
        return event.getFormattedMessage() + (fault == null ? "" : ThrowableProxyUtil.asString(fault));
    }

    @Test
    void givenAServicesLogin_whenItWritesWhatIsNotItsToWrite_thenTheBrokerRefuses(@TempDir Path data) throws Exception {
        var sluice = prepared(data);
        var topic = settings(sluice).topicPrefix() + "track-events";

        try (var producer = new KafkaProducer<>(
                new KafkaProperties(settings(as(sluice, "challenge-service"))).producer(),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var sent = producer.send(new ProducerRecord<>(topic, "key", new byte[0]));

            assertThatThrownBy(sent::get).hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void givenALoginThatMayNothing_whenAProcessStarts_thenItSaysWhatItMayNot(@TempDir Path data) throws Exception {
        var sluice = as(prepared(data), "nobody");

        assertThatThrownBy(sluice::join)
                .hasStackTraceContaining(
                        "Can't describe the topic " + settings(sluice).topicPrefix());
        sluice.close();
    }

    @Test
    void givenTopicsThatAreMissing_whenAServiceStarts_thenItSaysWhoCreatesThem(@TempDir Path data) throws Exception {
        var sluice = as(Sluice.on(kafka.bootstrap(), data), "track-service");
        kafka.permit(Permissions.of(settings(sluice).topicPrefix()));

        assertThatThrownBy(sluice::join)
                .hasMessageContaining("is missing, and this process may not create it: run ./sluice create-topics");
        sluice.close();
    }

    @Test
    void givenAWrongPassword_whenAProcessStarts_thenItIsRefusedAtOnceAndThePasswordIsNotShown(@TempDir Path data)
            throws Exception {
        var file = kafka.clientFile(
                "track-service",
                "wrong-hush-hush",
                Map.of(
                        "ssl.truststore.location",
                        folder.resolve("authority/ca.pem").toString()));
        var sluice = Sluice.on(kafka.bootstrap(), data).with(ClientSecurity.FILE, file.toString());

        assertThatThrownBy(sluice::join)
                .hasMessageContaining("refuses the login in SLUICE_KAFKA_CLIENT_FILE: ")
                .hasMessageContaining("SCRAM-SHA-512")
                .hasMessageNotContaining("hush");
        assertNoPasswordIsShown();
    }

    @Test
    void givenACertificateThatNobodyVouchesFor_whenAProcessStarts_thenItIsRefusedAtOnce(@TempDir Path data)
            throws Exception {
        var file = kafka.clientFile("track-service", SecuredKafka.passwordOf("track-service"), Map.of());
        var sluice = Sluice.on(kafka.bootstrap(), data).with(ClientSecurity.FILE, file.toString());

        assertThatThrownBy(sluice::join)
                .hasMessageContaining(
                        "No TLS with Kafka at " + kafka.bootstrap().servers())
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void givenAnotherAuthoritysStore_whenItCanNotBeRead_thenTheFileIsNamed(@TempDir Path data) throws Exception {
        var file = kafka.clientFile("track-service", "hush-hush", Map.of("ssl.truststore.location", "/nowhere/ca.pem"));
        var sluice = Sluice.on(kafka.bootstrap(), data).with(ClientSecurity.FILE, file.toString());

        assertThatThrownBy(sluice::join)
                .hasMessageContaining("SLUICE_KAFKA_CLIENT_FILE")
                .hasMessageContaining("/nowhere/ca.pem")
                .hasMessageNotContaining("hush");
    }
}
