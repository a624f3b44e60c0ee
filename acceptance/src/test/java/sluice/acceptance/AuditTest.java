package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.CommandLine;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.audit.AuditVerification;
import sluice.runtime.seal.SigningKeys;
import sluice.schemas.topic.Topic;

/** Seals of a running installation, checked by the command and against copies of the log that somebody has changed. */
@ExtendWith(KafkaBroker.class)
class AuditTest {
    private static final int ACTIONS = 6;

    @TempDir
    private Path folder;

    @TempDir
    private Path desk;

    @Test
    void givenASealedLog_whenVerified_thenTheHonestOneIsSoundAndEveryChangeIsFound(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder)
                .with("SLUICE_PARTITIONS", "1")
                .with("SLUICE_AUDIT_INTERVAL", "PT1S")
                .start()) {
            for (var i = 0; i < ACTIONS; i++) sluice.api(0).track("ada", "pay", Map.of());
            var keys = SigningKeys.open(folder).publicKeys();
            var transitions = sluice.topics().challengeTransitions;
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            verified(sluice, keys, Topic::name, transitions)
                                    .result()
                                    .verified())
                    .isEqualTo(ACTIONS));

            var honest = verify(sluice.environment());
            assertThat(honest.status()).as(honest.err()).isZero();
            assertThat(honest.out()).contains("challenge-transitions").doesNotContain("no checkpoint\n  ");
            assertThat(honest.err()).contains("nothing has changed");

            var log = Outcomes.of(sluice.node().kafka().client(), transitions.name());
            assertThat(found(sluice, keys, log, same -> same)).isEmpty();
            assertThat(found(sluice, keys, log, AuditTest::altered)).hasSize(1);
            assertThat(found(sluice, keys, log, AuditTest::dropped)).hasSize(1);
            assertThat(found(sluice, keys, log, AuditTest::inserted)).hasSize(1);
            assertThat(found(sluice, keys, log, AuditTest::reordered)).hasSize(1);
            assertThat(found(sluice, keys, log, AuditTest::withoutItsEnd)).hasSize(1);

            // who has another key can vouch for nothing
            var other = verify(sluice.environment(), "--public-key", "00".repeat(32));
            assertThat(other.status()).isEqualTo(1);
            assertThat(other.out()).contains("checkpoints are signed by none of the keys");
            assertThat(verify(sluice.environment(), "--public-key", keys.get(0)).status())
                    .isZero();
        }
    }

    @Test
    void givenARestart_whenMoreIsSealed_thenTheChainGoesOn(Bootstrap kafka) throws Exception {
        var sluice = Sluice.on(kafka, folder)
                .with("SLUICE_PARTITIONS", "1")
                .with("SLUICE_AUDIT_INTERVAL", "PT1H"); // sealed when it stops, and not before
        List<String> keys;
        sluice.start();
        sluice.api(0).track("ada", "pay", Map.of());
        sluice.close();
        try (sluice) {
            sluice.start();
            keys = SigningKeys.open(folder).publicKeys();
            sluice.api(1).track("ada", "pay", Map.of());
        }
        try (var reader = sluice) {
            var node = reader.join();
            var report = new AuditVerification(node.topics(), node.kafka(), keys, Topic::name).run((more, share) -> {});
            assertThat(report.isSound()).isTrue();
            assertThat(report.partitions().stream()
                            .filter(each -> each.topic().equals("challenge-transitions"))
                            .mapToLong(each -> each.result().verified()))
                    .containsExactly(2L);
        }
    }

    private static List<ProducerRecord<String, byte[]>> altered(List<ProducerRecord<String, byte[]>> log) {
        var changed = new ArrayList<>(log);
        var there = changed.get(2);
        var value = there.value().clone();
        value[value.length - 1] ^= 1;
        changed.set(2, copy(there, value));
        return changed;
    }

    private static List<ProducerRecord<String, byte[]>> dropped(List<ProducerRecord<String, byte[]>> log) {
        var changed = new ArrayList<>(log);
        changed.remove(2);
        return changed;
    }

    private static List<ProducerRecord<String, byte[]>> inserted(List<ProducerRecord<String, byte[]>> log) {
        var changed = new ArrayList<>(log);
        changed.add(2, log.get(0));
        return changed;
    }

    private static List<ProducerRecord<String, byte[]>> reordered(List<ProducerRecord<String, byte[]>> log) {
        var changed = new ArrayList<>(log);
        changed.set(2, log.get(3));
        changed.set(3, log.get(2));
        return changed;
    }

    private static List<ProducerRecord<String, byte[]>> withoutItsEnd(List<ProducerRecord<String, byte[]>> log) {
        return log.subList(0, log.size() - 1);
    }

    private static ProducerRecord<String, byte[]> copy(ProducerRecord<String, byte[]> record, byte[] value) {
        return new ProducerRecord<>(
                record.topic(), record.partition(), record.timestamp(), record.key(), value, record.headers());
    }

    /** What is found wrong with a copy of the transitions, changed on the way. */
    private static List<?> found(
            Sluice sluice,
            List<String> keys,
            List<ConsumerRecord<String, byte[]>> log,
            UnaryOperator<List<ProducerRecord<String, byte[]>>> change)
            throws Exception {
        var transitions = sluice.topics().challengeTransitions;
        var copy = sluice.topics().prefix() + "copy-" + UUID.randomUUID();
        sluice.node()
                .admin()
                .createTopics(List.of(new NewTopic(copy, 1, (short) 1)))
                .all()
                .get();
        var records = log.stream()
                .map(read -> new ProducerRecord<>(copy, 0, read.timestamp(), read.key(), read.value(), read.headers()))
                .toList();
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            for (var record : change.apply(records)) producer.send(record).get();
        }
        return verified(sluice, keys, topic -> topic.equals(transitions) ? copy : topic.name(), transitions)
                .result()
                .findings();
    }

    private static AuditVerification.OfPartition verified(
            Sluice sluice, List<String> keys, Function<Topic<?>, String> place, Topic<?> topic) {
        var name = topic.name().substring(sluice.topics().prefix().length());
        return new AuditVerification(sluice.topics(), sluice.node().kafka(), keys, place)
                .run((more, share) -> {}).partitions().stream()
                        .filter(each -> each.topic().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private CommandLine.Ran verify(Map<String, String> environment, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("audit", "verify"));
        all.addAll(List.of(arguments));
        return CommandLine.run(environment, desk, "sluice.deploy.Launcher", all.toArray(String[]::new));
    }
}
