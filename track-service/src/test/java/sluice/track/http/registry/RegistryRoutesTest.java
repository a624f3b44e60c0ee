package sluice.track.http.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.json.JavalinJackson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.schemas.Decision;
import sluice.schemas.TrackEvent;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.schemas.wire.SchemaUnavailableException;
import sluice.track.http.json.Json;

/** What the clients of a schema registry ask, over a socket. Stock clients ask it in the acceptance suite. */
class RegistryRoutesTest {
    private static final ReleasedSchemas RELEASED = ReleasedSchemas.load();
    private static final Topics TOPICS = new Topics("sluice.", 4, Duration.ofDays(1), RELEASED);
    private static final String TRACK_EVENTS = "/subjects/sluice.track-events-value";

    private static Javalin server;

    private record Answer(int status, String type, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }
    }

    @BeforeAll
    static void start() {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.jsonMapper(new JavalinJackson(Json.MAPPER, false));
            new RegistryRoutes(TOPICS, RegistryRoutesTest::told).addTo(config.routes);
        });
        server.start("127.0.0.1", 0);
    }

    /** What newer builds have told: a decision and a user; of another id Kafka does not tell now. */
    private static Optional<Schema> told(int id) {
        if (id == 1003) throw new SchemaUnavailableException("the broker is away");
        return Optional.ofNullable(Map.of(1001, Decision.getClassSchema(), 1002, sluice.schemas.User.getClassSchema())
                .get(id));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void givenEveryTopic_whenItsNewestSchemaIsAskedFor_thenItIsWhatItsRecordsAreWrittenWith() throws Exception {
        for (var topic : TOPICS.all()) {
            var record = topic.value().schema().getFullName();
            for (var subject : new String[] {topic.name() + "-value", record, topic.name() + "-" + record}) {
                var answer = get("/subjects/" + subject + "/versions/latest");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body().path("id").asInt())
                        .isEqualTo(RELEASED.idOf(topic.value().schema()));
                assertThat(new Schema.Parser().parse(answer.text("schema")))
                        .isEqualTo(topic.value().schema());
            }
        }
    }

    @Test
    void givenAnId_whenAskedFor_thenItsSchemaAndItsPlacesAreTold() throws Exception {
        var answer = get("/schemas/ids/1?fetchMaxId=false&subject=sluice.track-events-value");

        assertThat(answer.type()).startsWith("application/vnd.schemaregistry.v1+json");
        assertThat(new Schema.Parser().parse(answer.text("schema"))).isEqualTo(RELEASED.schemaOf(1));
        assertThat(get("/schemas/ids/1/subjects").body())
                .extracting(JsonNode::asText)
                .containsExactly(
                        "sluice.schemas.TrackEvent",
                        "sluice.track-events-sluice.schemas.TrackEvent",
                        "sluice.track-events-value");
        assertThat(get("/schemas/ids/1/versions").body())
                .allSatisfy(place -> assertThat(place.path("version").asInt()).isEqualTo(1));
    }

    @Test
    void givenARecordThatSluiceAloneReads_whenAskedFor_thenItIsNotThere() throws Exception {
        var user = RELEASED.idOf(sluice.schemas.User.getClassSchema());

        assertThat(get("/schemas/ids/" + user).text("error_code")).isEqualTo("40403");
        assertThat(get("/subjects/sluice.schemas.User/versions").text("error_code"))
                .isEqualTo("40401");
    }

    /** Readers of the log may ask an ingress that is older than the process that wrote. */
    @Test
    void givenAnIdThatANewerBuildHasTold_whenAskedFor_thenItsSchemaIsServedIfItIsATopics() throws Exception {
        assertThat(new Schema.Parser().parse(get("/schemas/ids/1001").text("schema")))
                .isEqualTo(Decision.getClassSchema());
        assertThat(get("/schemas/ids/1001/schema").status()).isEqualTo(200);
        assertThat(get("/schemas/ids/1002").text("error_code")).isEqualTo("40403");
        assertThat(get("/schemas/ids/1003").text("error_code")).isEqualTo("50001");
        assertThat(get("/schemas/ids/1004").text("error_code")).isEqualTo("40403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/subjects/sluice.track-events-value", "/subjects/sluice.schemas.TrackEvent"})
    void givenASchemaThatAClientHasWrittenOutAgain_whenLookedUp_thenItIsFound(String subject) throws Exception {
        var bare = TrackEvent.getClassSchema().toString().replace(",\"avro.java.string\":\"String\"", "");

        for (var path : new String[] {subject, subject + "/versions"}) {
            assertThat(post(path, Map.of("schema", bare)).body().path("id").asInt())
                    .isEqualTo(RELEASED.idOf(TrackEvent.getClassSchema()));
        }
    }

    @Test
    void givenASchemaThatIsNotThere_whenItIsRegistered_thenTheRegistrySaysThatItIsReadOnly() throws Exception {
        var other = Map.<String, Object>of(
                "schema", SchemaBuilder.record("Other").fields().endRecord().toString());

        var answer = post(TRACK_EVENTS + "/versions", other);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("error_code")).isEqualTo("42205");
        assertThat(answer.text("message")).contains("read-only");
        assertThat(post(TRACK_EVENTS, other).text("error_code")).isEqualTo("40403");
        assertThat(get("/mode").text("mode")).isEqualTo("READONLY");
    }

    @ParameterizedTest
    @CsvSource({
        "/subjects/none/versions, 404, 40401",
        "/subjects/none/versions/1, 404, 40401",
        "/subjects/sluice.decisions-key/versions/latest, 404, 40401",
        "/subjects/sluice.decisions-value/versions/99, 404, 40402",
        "/subjects/sluice.decisions-value/versions/0, 422, 42202",
        "/subjects/sluice.decisions-value/versions/newest, 422, 42202",
        "/subjects/sluice.decisions-value/versions/99999999999999999999, 422, 42202",
        "/schemas/ids/99999, 404, 40403",
        "/schemas/ids/-1, 404, 40403",
        "/schemas/ids/99999999999999999999, 404, 40403",
        "/schemas/ids/none/subjects, 404, 40403"
    })
    void givenWhatIsNotThere_whenAskedFor_thenTheAnswerIsTheClientsErrorShape(String path, int status, String code)
            throws Exception {
        var answer = get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error_code")).isEqualTo(code);
        assertThat(answer.text("message")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"schema\":7}",
                "{\"schema\":\"{}\"}",
                "{\"schema\":\"\\\"string\\\"\",\"schemaType\":\"JSON\"}"
            })
    void givenABodyThatIsNoSchema_whenSent_thenItIsRefused(String body) throws Exception {
        for (var path : new String[] {TRACK_EVENTS, TRACK_EVENTS + "/versions"}) {
            assertThat(send("POST", path, body).text("error_code")).isEqualTo("42201");
        }
    }

    @Test
    void givenASchemaThatIsVeryDeep_whenSent_thenItIsRefused() throws Exception {
        var deep = "[".repeat(100_000);

        assertThat(post(TRACK_EVENTS, Map.of("schema", deep)).text("error_code"))
                .isEqualTo("42201");
    }

    @Test
    void givenAChangeOfARecord_whenItsCompatibilityIsAskedFor_thenBothWaysCount() throws Exception {
        var path = "/compatibility/subjects/sluice.decisions-value/versions/latest";
        var same = Decision.getClassSchema().toString();
        var lacking =
                SchemaBuilder.record("Decision").namespace("sluice.schemas").fields();

        assertThat(post(path, Map.of("schema", same)).text("is_compatible")).isEqualTo("true");
        assertThat(post(path, Map.of("schema", lacking.endRecord().toString())).text("is_compatible"))
                .isEqualTo("false");
        assertThat(get("/config/sluice.decisions-value").text("compatibilityLevel"))
                .isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void givenAPrefix_whenSubjectsAreListed_thenOnlyThoseThatStartSoAreNamed() throws Exception {
        assertThat(get("/subjects?subjectPrefix=sluice.dec").body())
                .extracting(JsonNode::asText)
                .containsExactly("sluice.decisions-sluice.schemas.Decision", "sluice.decisions-value");
        assertThat(get("/schemas/types").body()).extracting(JsonNode::asText).containsExactly("AVRO");
    }

    private static Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    private static Answer post(String path, Map<String, Object> body) throws Exception {
        return send("POST", path, Json.MAPPER.writeValueAsString(body));
    }

    private static Answer send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/schema-registry" + path))
                .header("Content-Type", RegistryRoutes.CONTENT_TYPE)
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                Json.MAPPER.readTree(response.body()));
    }
}
