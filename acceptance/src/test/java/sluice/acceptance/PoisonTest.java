package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.topic.Topic;

/** What anybody may write to any topic, on every topic that a process reads: nothing stops, and nothing gets lost. */
@ExtendWith(KafkaBroker.class)
class PoisonTest {
    /** As many kinds of poison as {@link #poison} puts into each partition. */
    private static final int KINDS = 5;

    /** Of these: what those who read outcomes only count as read. */
    private static final int TOMBSTONES = 2;

    @TempDir
    private Path folder;

    @Test
    void givenPoisonInEveryPartitionOfEveryTopic_whenUsersComeAndProcessesStart_thenAllGoesOn(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var before = Person.enrolled(sluice.api(0));

            poison(sluice);

            assertSignsIn(sluice, before, 0);
            assertSignsIn(sluice, Person.enrolled(sluice.api(0)), 0);
            assertSetAside(sluice);
            sluice.start();
            assertSignsIn(sluice, Person.enrolled(sluice.api(1)), 1);
        }
    }

    private static void assertSignsIn(Sluice sluice, Person person, int ingress) {
        var api = sluice.api(ingress);
        var token = api.track(person.userId(), "signIn", Map.of()).text("token");
        var verified = api.verify(token, person.code(0));
        assertThat(api.validate(verified.text("accessToken")).text("state")).isEqualTo("CHALLENGE_SUCCEEDED");
    }

    /** Those of Streams: the others are read by who has nowhere to put them, and are told of in the log. */
    private static void assertSetAside(Sluice sluice) {
        var topics = sluice.topics();
        var byRules = List.of(topics.trackEvents, topics.verifyEvents, topics.userCommands, topics.signalObservations);
        var ofOutcomes =
                List.of(topics.decisions, topics.verifications, topics.userChanges, topics.challengeTransitions);
        var wanted = topics.partitions() * (byRules.size() * KINDS + ofOutcomes.size() * (KINDS - TOMBSTONES));
        Awaitility.await().untilAsserted(() -> assertThat(
                        Outcomes.of(sluice.node().kafka().client(), topics.deadLetters()))
                .hasSize(wanted)
                .allSatisfy(letter -> assertThat(letter.headers().lastHeader("__streams.errors.exception"))
                        .as("the cause")
                        .isNotNull()));
    }

    private static void poison(Sluice sluice) throws InterruptedException, ExecutionException {
        var settings = sluice.node().kafka().producer();
        var written = new ArrayList<Future<RecordMetadata>>();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var topic : sluice.topics().all()) {
                for (var partition = 0; partition < topic.partitions(); partition++) {
                    for (var record : poison(topic.name(), partition, isCompacted(topic))) {
                        written.add(producer.send(record));
                    }
                }
            }
            for (var record : poison(sluice.topics().schemas(), 0, false)) written.add(producer.send(record));
            for (var each : written) each.get();
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> poison(String topic, int partition, boolean isCompacted) {
        var key = (Sluice.TENANT + "/ada").getBytes(UTF_8);
        var cut = new byte[] {0, 0, 0, 0, 1};
        var poison = new ArrayList<ProducerRecord<byte[], byte[]>>();
        poison.add(new ProducerRecord<>(topic, partition, key, null));
        poison.add(new ProducerRecord<>(topic, partition, key, "no record".getBytes(UTF_8)));
        poison.add(new ProducerRecord<>(topic, partition, key, cut));
        if (!isCompacted) {
            poison.add(new ProducerRecord<>(topic, partition, null, null));
            poison.add(new ProducerRecord<>(topic, partition, null, cut));
        }
        return poison;
    }

    /** The broker itself refuses what has no key there. */
    private static boolean isCompacted(Topic<?> topic) {
        return topic.settings()
                .getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    }
}
