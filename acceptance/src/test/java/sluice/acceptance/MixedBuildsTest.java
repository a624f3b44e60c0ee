package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.NewerBuild;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.Action;
import sluice.schemas.TrackEvent;
import sluice.schemas.User;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.ReleasedSchemas;

/** While an installation is upgraded in turn: this build is the older one (docs/adr/0031-schemas-topic.md). */
@ExtendWith(KafkaBroker.class)
class MixedBuildsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void givenProcessesThatRun_whenANewerOneWritesAnEvent_thenTheyDecideIt(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var newer = NewerBuild.with("fancy", TrackEvent.SCHEMA$);
            newer.tell(sluice.topics(), sluice.node().kafka());

            var event = sluice.topics().trackEvents.value().toBytes(event("payment-1"));
            send(sluice, List.of(toTrackEvents(sluice, newer.written(event))));

            assertDecided(sluice, "payment-1");
            assertThat(deadLetters(sluice)).isZero();
            assertThat(served(sluice, newer.written(event)))
                    .as("whoever reads the log asks any ingress")
                    .contains("fancy");
        }
    }

    /** The partition came back to an older process: its state was put by a newer one. */
    @Test
    void givenStateThatANewerProcessPut_whenAnOlderOneGoesOnFromIt_thenNothingIsLost(Bootstrap kafka) throws Exception {
        var sluice = Sluice.on(kafka, folder).start();
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
        var prefix = sluice.topics().prefix();
        sluice.close();
        var newer = NewerBuild.with("fancy", User.SCHEMA$, Action.SCHEMA$);
        newer.tell(sluice.topics(), sluice.node().kafka());
        rewrite(sluice, newer, "rules-processor-user-changelog");
        rewrite(sluice, newer, "challenge-service-action-changelog");

        try (var older =
                Sluice.on(kafka, folder).with("SLUICE_TOPIC_PREFIX", prefix).start()) {
            var verified = older.api(0).verify(token, person.code(0));

            assertThat(verified.text("isVerified")).isEqualTo("true");
            assertThat(older.api(0).validate(verified.text("accessToken")).text("state"))
                    .isEqualTo("CHALLENGE_SUCCEEDED");
        }
    }

    /** Puts the newest of each key again, as the newer build writes it. */
    private static void rewrite(Sluice sluice, NewerBuild newer, String changelog) throws Exception {
        var topic = sluice.topics().prefix() + changelog;
        var newest = new LinkedHashMap<String, ProducerRecord<String, byte[]>>();
        for (var read : Outcomes.of(sluice.node().kafka().client(), topic)) {
            if (read.value() == null) continue;
            newest.put(
                    read.key(),
                    new ProducerRecord<>(
                            topic,
                            read.partition(),
                            read.timestamp(),
                            read.key(),
                            newer.written(read.value()),
                            read.headers()));
        }
        assertThat(newest).isNotEmpty();
        send(sluice, List.copyOf(newest.values()));
    }

    @Test
    void givenAFloodOfMadeUpIds_whenItIsRead_thenAllAreDeadLettersAndCallsGoOn(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var flood = new ArrayList<ProducerRecord<String, byte[]>>();
            for (var id = 0; id < 2000; id++) {
                flood.add(toTrackEvents(
                        sluice,
                        ByteBuffer.allocate(6)
                                .put((byte) 0)
                                .putInt(100_000 + id)
                                .array()));
            }
            send(sluice, flood);

            assertThat(sluice.api(0).track("ada", "pay", Map.of()).text("state"))
                    .as("behind the flood in its partition")
                    .isEqualTo("CHALLENGE_REQUIRED");
            assertThat(deadLetters(sluice)).isEqualTo(flood.size());
        }
    }

    @Test
    void givenAnotherBranchsBuild_whenThisOneGivesAnIdToSomethingElse_thenItSaysSoAndWritesNothing(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder)) {
            sluice.join();
            var newer = NewerBuild.with("fancy", TrackEvent.SCHEMA$);
            newer.tell(sluice.topics(), sluice.node().kafka());
            var told = schemas(sluice);
            assertThat(told).hasSize(ReleasedSchemas.load().releases().size() + 1);

            var apart = NewerBuild.with("plain", TrackEvent.SCHEMA$);

            assertThatThrownBy(() -> apart.tell(sluice.topics(), sluice.node().kafka()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("of TrackEvent in this build, and another TrackEvent in another one")
                    .hasMessageContaining(sluice.topics().schemas());
            assertThat(schemas(sluice)).isEqualTo(told);
            sluice.join();
            assertThat(schemas(sluice)).as("who finds all there tells nothing").isEqualTo(told);
        }
    }

    private static TrackEvent event(String idempotencyKey) {
        return TrackEvent.newBuilder()
                .setEventId("event-1")
                .setTenantId(Sluice.TENANT)
                .setUserId("ada")
                .setActionCode("pay")
                .setIdempotencyKey(idempotencyKey)
                .setReceivedAt(Instant.now())
                .build();
    }

    private static ProducerRecord<String, byte[]> toTrackEvents(Sluice sluice, byte[] value) {
        var key = UserKey.of(Sluice.TENANT, "ada");
        var topic = sluice.topics().trackEvents;
        return new ProducerRecord<>(topic.name(), UserKey.partition(key, topic.partitions()), key, value);
    }

    private static void send(Sluice sluice, List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var each : records) sent.add(producer.send(each));
            for (var each : sent) each.get();
        }
    }

    private static void assertDecided(Sluice sluice, String idempotencyKey) {
        var path = "/users/ada/actions/pay/" + idempotencyKey;
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        sluice.api(0).backend("GET", path, Map.of()).text("state"))
                .isEqualTo("CHALLENGE_REQUIRED"));
    }

    private static String served(Sluice sluice, byte[] record) throws Exception {
        var id = ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
        var request = HttpRequest.newBuilder(URI.create(sluice.api(0).url() + "/schema-registry/schemas/ids/" + id));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static int deadLetters(Sluice sluice) {
        return Outcomes.of(sluice.node().kafka().client(), sluice.topics().deadLetters())
                .size();
    }

    private static List<String> schemas(Sluice sluice) {
        return Outcomes.of(sluice.node().kafka().client(), sluice.topics().schemas()).stream()
                .map(read -> read.key() + " " + new String(read.value(), UTF_8))
                .toList();
    }
}
