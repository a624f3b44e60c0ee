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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    private static final int MADE_UP = 1000;

    @TempDir
    private Path folder;

    private Sluice sluice;

    @BeforeEach
    void prepare(Bootstrap kafka) {
        sluice = Sluice.on(kafka, folder);
    }

    @AfterEach
    void stop() throws Exception {
        sluice.close();
    }

    @Test
    void givenProcessesThatRun_whenANewerOneWritesAndOthersMakeIdsUp_thenItsEventIsDecidedAndTheirsAreDeadLetters()
            throws Exception {
        sluice.start();
        var flood = new ArrayList<ProducerRecord<String, byte[]>>();
        for (var id = 0; id < MADE_UP; id++) {
            var made = ByteBuffer.allocate(6).put((byte) 0).putInt(100_000 + id);
            flood.add(toTrackEvents(made.array()));
        }
        send(flood);
        var newer = NewerBuild.with("fancy", TrackEvent.SCHEMA$);
        newer.tell(sluice.topics(), sluice.node().kafka());

        var written = newer.written(sluice.topics().trackEvents.value().toBytes(event("payment-1")));
        send(List.of(toTrackEvents(written)));

        assertDecided("payment-1"); // behind the flood, in its partition
        assertThat(Outcomes.of(sluice.node().kafka().client(), sluice.topics().deadLetters()))
                .hasSize(MADE_UP);
        assertThat(served(written)).as("whoever reads the log asks any ingress").contains("fancy");
    }

    /** The partition came back to an older process: its state was put by a newer one. */
    @Test
    void givenStateThatANewerProcessPut_whenAnOlderOneGoesOnFromIt_thenNothingIsLost(Bootstrap kafka) throws Exception {
        sluice.start();
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
        var prefix = sluice.topics().prefix();
        sluice.close();
        var newer = NewerBuild.with("fancy", User.SCHEMA$, Action.SCHEMA$);
        newer.tell(sluice.topics(), sluice.node().kafka());
        rewrite(newer, "rules-processor-user-changelog");
        rewrite(newer, "challenge-service-action-changelog");

        sluice = Sluice.on(kafka, folder).with("SLUICE_TOPIC_PREFIX", prefix).start();
        var verified = sluice.api(0).verify(token, person.code(0));

        assertThat(verified.text("isVerified")).isEqualTo("true");
        assertThat(sluice.api(0).validate(verified.text("accessToken")).text("state"))
                .isEqualTo("CHALLENGE_SUCCEEDED");
    }

    /** Puts the newest of each key again, as the newer build writes it. */
    private void rewrite(NewerBuild newer, String changelog) throws Exception {
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
        send(List.copyOf(newest.values()));
    }

    @Test
    void givenAnotherBranchsBuild_whenThisOneGivesAnIdToSomethingElse_thenItSaysSoAndWritesNothing() throws Exception {
        sluice.join();
        NewerBuild.with("fancy", TrackEvent.SCHEMA$)
                .tell(sluice.topics(), sluice.node().kafka());
        var told = schemas();
        assertThat(told).hasSize(ReleasedSchemas.load().releases().size() + 1);

        var apart = NewerBuild.with("plain", TrackEvent.SCHEMA$);

        assertThatThrownBy(() -> apart.tell(sluice.topics(), sluice.node().kafka()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of TrackEvent in this build, and another TrackEvent in another one")
                .hasMessageContaining(sluice.topics().schemas());
        assertThat(schemas()).isEqualTo(told);
        sluice.join();
        assertThat(schemas()).as("who finds all there tells nothing").isEqualTo(told);
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

    private ProducerRecord<String, byte[]> toTrackEvents(byte[] value) {
        var key = UserKey.of(Sluice.TENANT, "ada");
        var topic = sluice.topics().trackEvents;
        return new ProducerRecord<>(topic.name(), UserKey.partition(key, topic.partitions()), key, value);
    }

    private void send(List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var each : records) sent.add(producer.send(each));
            for (var each : sent) each.get();
        }
    }

    private void assertDecided(String idempotencyKey) {
        var path = "/users/ada/actions/pay/" + idempotencyKey;
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        sluice.api(0).backend("GET", path, Map.of()).text("state"))
                .isEqualTo("CHALLENGE_REQUIRED"));
    }

    private String served(byte[] record) throws Exception {
        var id = ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
        var request = HttpRequest.newBuilder(URI.create(sluice.api(0).url() + "/schema-registry/schemas/ids/" + id));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private List<String> schemas() {
        return Outcomes.of(sluice.node().kafka().client(), sluice.topics().schemas()).stream()
                .map(read -> read.key() + " " + new String(read.value(), UTF_8))
                .toList();
    }
}
