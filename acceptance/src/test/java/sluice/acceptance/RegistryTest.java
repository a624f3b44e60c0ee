package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.SoftRegistry;
import sluice.schemas.topic.Topic;

/** A registry that numbers the schemas of the topics' records (docs/adr/0027-registry.md). */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ACTION = "/users/ada/actions/pay/";

    @TempDir
    private static Path folder;

    private SoftRegistry registry;
    private Sluice sluice;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        registry = SoftRegistry.from(5000);
        sluice = registry.usedBy(Sluice.on(kafka, folder)).start();
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
        registry.close();
    }

    @Test
    void givenARegistry_whenAFlowRuns_thenItsRecordsCarryTheRegistrysIdsAndItsSubjectsAreTheTopics() throws Exception {
        var person = Person.enrolled(sluice.api(0));
        var tracked = sluice.api(0).track(person.userId(), "signIn", Map.of());
        var verified = sluice.api(0).verify(tracked.text("token"), person.code(0));

        assertThat(verified.body().path("isVerified").asBoolean()).isTrue();
        assertThat(registry.subjects())
                .containsExactlyInAnyOrderElementsOf(sluice.topics().all().stream()
                        .map(topic -> topic.name() + "-value")
                        .toList());
        for (var topic : List.of(sluice.topics().trackEvents, sluice.topics().challengeTransitions)) {
            assertThat(ids(topic, (Sluice.TENANT + "/" + person.userId())::equals))
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(id).isGreaterThanOrEqualTo(5000))
                    .containsOnly(
                            sluice.topics().publishedIds().idOf(topic.value().schema()));
        }
        assertThat(ids(sluice.topics().configuration, key -> true)).isNotEmpty().allSatisfy(id -> assertThat(id)
                .isGreaterThanOrEqualTo(5000));
        var id = sluice.topics()
                .publishedIds()
                .idOf(sluice.topics().challengeTransitions.value().schema());
        assertThat(served("/schemas/ids/" + id)).contains("ChallengeTransition");
    }

    @Test
    void givenARegistryThatWentAway_whenAFlowRuns_thenNothingIsMissed() throws Exception {
        registry.close();

        assertThat(sluice.api(0).track("ada", "pay", Map.of()).status()).isEqualTo(200);
        assertThat(sluice.node().health().isReady()).isTrue();
        registry.open();
    }

    /** A platform whose schema of a track event is its own, registered by itself: Avro reads it all the same. */
    @Test
    void givenAWriterWithASchemaOfItsOwn_whenTheRegistryIsAwayForAWhile_thenItsEventWaitsAndIsDecided()
            throws Exception {
        var schema = SoftRegistry.leastTrackEvent();
        var id = registry.add(sluice.topics().trackEvents.name() + "-value", schema.toString());
        registry.close();

        publish(schema, id, "payment-1");
        Awaitility.await().atMost(PATIENCE).until(() -> !sluice.node().health().isReady());
        registry.open();

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(state("payment-1"))
                .isEqualTo("CHALLENGE_REQUIRED"));
        assertThat(sluice.node().health().isReady()).isTrue();
    }

    @Test
    void givenAnIdThatTheRegistryLacks_whenProcessed_thenTheRecordIsADeadLetterAndThePartitionGoesOn()
            throws Exception {

        publish(SoftRegistry.leastTrackEvent(), 4711, "payment-2");
        assertThat(sluice.api(0)
                        .track("ada", "pay", Map.of("idempotencyKey", "payment-3"))
                        .status())
                .isEqualTo(200);

        assertThat(state("payment-2")).isEmpty();
        assertThat(Outcomes.of(sluice.node().kafka().client(), sluice.topics().deadLetters()))
                .hasSize(1);
    }

    private List<Integer> ids(Topic<?> topic, Predicate<String> keys) {
        return Outcomes.of(sluice.node().kafka().client(), topic.name()).stream()
                .filter(read -> keys.test(read.key()))
                .map(read -> ByteBuffer.wrap(read.value(), 1, Integer.BYTES).getInt())
                .toList();
    }

    private String served(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(sluice.api(0).url() + "/schema-registry" + path));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private void publish(Schema schema, int id, String idempotencyKey) throws Exception {
        var event = new GenericRecordBuilder(schema)
                .set("eventId", "event-" + idempotencyKey)
                .set("tenantId", Sluice.TENANT)
                .set("userId", "ada")
                .set("actionCode", "pay")
                .set("idempotencyKey", idempotencyKey)
                .set("receivedAt", Instant.now().toEpochMilli())
                .build();
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(event, encoder);
        encoder.flush();
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            var key = Sluice.TENANT + "/ada";
            producer.send(new ProducerRecord<>(sluice.topics().trackEvents.name(), key, out.toByteArray()))
                    .get();
        }
    }

    private String state(String idempotencyKey) {
        return sluice.api(0).backend("GET", ACTION + idempotencyKey, Map.of()).text("state");
    }
}
