package sluice.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.deploy.EmbeddedKafka;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.settings.Settings;
import sluice.schemas.ActionState;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.topic.TopicCreation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

class ExportTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-02T00:00:00Z");
    private static final int EVENTS = 1000;

    @TempDir
    private static Path broker;

    private static EmbeddedKafka kafka;
    private static KafkaProperties properties;
    private static Topics topics;

    @TempDir
    private Path folder;

    /** A thousand transitions, a second apart, half of them before midnight; each hundredth comes again. */
    @BeforeAll
    static void start() throws Exception {
        var port = freePort();
        kafka = EmbeddedKafka.start(broker, port, freePort());
        properties = new KafkaProperties(
                NodeSettings.from(new Settings(Map.of("SLUICE_BOOTSTRAP_SERVERS", "127.0.0.1:" + port))));
        topics = new Topics("export-test.", 2, Duration.ofDays(3650), ReleasedSchemas.load());
        try (var admin = Admin.create(properties.client())) {
            new TopicCreation(admin, 1).createMissing(topics);
        }
        publish();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void givenARangeOverMidnight_whenExported_thenEachDaysFileHasItsRowsAndTheyAgreeWithTheTopic() throws Exception {
        var from = MIDNIGHT.minusSeconds(100);
        var to = MIDNIGHT.plusSeconds(50);

        var done = export(new Export.Wanted(Optional.of(from), Optional.of(to), Optional.empty(), false));

        assertThat(done.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder("2026-11-01.parquet", "2026-11-02.parquet");
        assertThat(read("select count(*), count(distinct eventId) from '%1$s/2026-11-01.parquet'"))
                .containsExactly("101|100"); // one came again
        assertThat(read("select count(*), count(distinct eventId) from '%1$s/2026-11-02.parquet'"))
                .containsExactly("51|50");
        assertThat(read("select eventId from '%1$s/*.parquet' group by 1 order by min(transitionedAt)"))
                .isEqualTo(expected(400, 550));
        assertThat(done.rows()).isEqualTo(152);

        assertThat(
                        read(
                                "select epoch_ms(transitionedAt), typeof(transitionedAt), \"to\", verificationMethod, ruleIds[2],"
                                        + " latencyMillis, authenticatorId, userId from '%1$s/*.parquet' where eventId = 'event-501'"))
                .containsExactly(MIDNIGHT.plusSeconds(1).toEpochMilli()
                        + "|TIMESTAMP WITH TIME ZONE|CHALLENGE_SUCCEEDED|AUTHENTICATOR_APP|rule-2|501|null|user-"
                        + 501 % 7);
    }

    @Test
    void givenRecordsThatCameAgain_whenExportedDistinct_thenEachIsThereOnce() throws Exception {
        var done = export(new Export.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), true));

        assertThat(done.rows()).isEqualTo(EVENTS);
        assertThat(done.repeated()).isEqualTo(EVENTS / 100);
        assertThat(done.unreadable()).isEqualTo(1);
    }

    @Test
    void givenOneTenant_whenExported_thenNobodyElsesRowsAreThere() throws Exception {
        var done = export(new Export.Wanted(Optional.empty(), Optional.empty(), Optional.of("acme"), true));

        assertThat(done.rows()).isEqualTo(EVENTS / 2);
    }

    @Test
    void givenAFileThatIsThere_whenExported_thenItStaysAndNothingHalfWrittenIsLeft() throws Exception {
        Files.writeString(folder.resolve("2026-11-02.parquet"), "mine");

        assertThatThrownBy(() -> export(new Export.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), false)))
                .isInstanceOf(FileAlreadyExistsException.class);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("2026-11-02.parquet"));
        }
        assertThat(folder.resolve("2026-11-02.parquet")).hasContent("mine");
    }

    @Test
    void givenDecisions_whenTheirColumnsAreMade_thenNothingSealedIsAmongThem() {
        var columns = new Columns(topics.decisions.value().schema()).schema();

        assertThat(columns.getFields())
                .extracting(Schema.Field::name)
                .contains("partition", "offset", "eventId", "decidedAt", "allowedVerificationMethods")
                .noneMatch(name -> name.startsWith("sealed"));
        assertThat(new Columns(topics.verifications.value().schema()).schema().toString())
                .contains("lastVerifiedAt")
                .doesNotContain("\"name\":\"sealed");
    }

    private Export.Done export(Export.Wanted wanted) throws IOException {
        return new Export(properties, topics.challengeTransitions, wanted).run(folder, (more, share) -> {});
    }

    private static List<String> expected(int from, int to) {
        var ids = new ArrayList<String>();
        for (var i = from; i < to; i++) ids.add("event-" + i);
        return ids;
    }

    /** What DuckDB reads of a query over the folder's files. */
    private List<String> read(String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var found = statement.executeQuery(query.formatted(folder))) {
            while (found.next()) {
                var row = new StringJoiner("|");
                for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(found.getObject(column)));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static void publish() {
        var topic = topics.challengeTransitions;
        try (var producer = new KafkaProducer<>(
                plain(), new StringSerializer(), topic.value().serializer())) {
            for (var i = 0; i < EVENTS; i++) {
                var tenantId = i % 2 == 0 ? "acme" : "other";
                var record = new ProducerRecord<>(topic.name(), tenantId + "/user-" + i % 7, transition(tenantId, i));
                producer.send(record);
                if (i % 100 == 0) producer.send(record);
            }
            producer.send(new ProducerRecord<>(topic.name(), "acme/user-1", null));
        }
        try (var producer = new KafkaProducer<>(plain(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), "acme/user-1", "no transition"));
        }
    }

    /** Without sequence numbers: a machine that is busy would have this broker refuse what came late. */
    private static Properties plain() {
        var plain = properties.client();
        plain.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        return plain;
    }

    private static ChallengeTransition transition(String tenantId, int i) {
        return ChallengeTransition.newBuilder()
                .setEventId("event-" + i)
                .setCauseId("cause-" + i)
                .setTenantId(tenantId)
                .setUserId("user-" + i % 7)
                .setActionCode("pay")
                .setIdempotencyKey("key-" + i)
                .setFrom(ActionState.CHALLENGE_REQUIRED)
                .setTo(ActionState.CHALLENGE_SUCCEEDED)
                .setTransitionedAt(MIDNIGHT.plusSeconds(i - EVENTS / 2))
                .setReason(TransitionReason.VERIFIED)
                .setRuleIds(List.of("rule-1", "rule-2"))
                .setConfigurationVersion(1)
                .setAttempt(1)
                .setVerificationMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setLatencyMillis(i)
                .build();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
