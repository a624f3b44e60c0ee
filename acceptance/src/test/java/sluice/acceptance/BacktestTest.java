package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.CommandLine;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.CustomValue;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;

/** The command as an operator runs it: a process of its own beside the installation. */
@ExtendWith(KafkaBroker.class)
class BacktestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVENTS = 20_000;
    private static final int USERS = 500;

    @TempDir
    private Path folder;

    @TempDir
    private Path desk;

    @Test
    void givenRealSignIns_whenBackTested_thenTheReportIsRightAndNothingHasChanged(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var management = new Management(sluice.api(0));
            management.post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
            management.post("/action-configurations", "{'actionCode':'pay','defaultUserActionResult':'ALLOW'}");
            management.post(
                    "/action-configurations/pay/rules",
                    "{'name':'Large','isActive':true,'priority':0,'type':'CHALLENGE',"
                            + "'conditions':{'>':[{'var':'custom.amount'},1000]}}");
            var ada = Person.enrolled(sluice.api(0));
            pay(sluice, ada.userId(), 10, "192.0.2.1");
            var large = pay(sluice, ada.userId(), 5000, "192.0.2.1");
            assertThat(sluice.api(0).verify(large, ada.code(0)).text("isVerified"))
                    .isEqualTo("true");
            pay(sluice, "grace", 10, "10.1.2.3");
            pay(sluice, "grace", 5000, "10.1.2.3");
            var before = everything(sluice);

            // the rules that there are, as the management API gives them
            var same = management.get("/action-configurations/pay/rules").body();
            var identical = report(sluice, "{\"pay\":" + same + "}");
            assertThat(identical.path("decisions").asInt()).isEqualTo(5);
            assertThat(identical.path("unreadable").asInt()).isZero();
            assertThat(identical.path("differing").asInt()).isZero();
            assertThat(identical.path("record").toString())
                    .as("P3")
                    .isEqualTo("{\"compared\":5,\"deviating\":0,\"missing\":0,\"samples\":[]}");

            // one network is blocked, and what is large is larger
            Files.writeString(
                    desk.resolve("candidate.json"),
                    candidate("{'name':'Network','isActive':true,'priority':0,'type':'BLOCK',"
                            + "'conditions':{'inCidr':[{'var':'ip.address'},'192.0.2.0/24']}},"
                            + "{'name':'Larger','isActive':true,'priority':1,'type':'CHALLENGE',"
                            + "'conditions':{'>':[{'var':'custom.amount'},10000]}}"));
            var ran = run(sluice, "--rules", "candidate.json", "--json", "report.json");
            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains("3 of 5 decisions would differ (60.0 %), for 2 of 2 users")
                    .contains("CHALLENGE -> ALLOW: 1, CHALLENGE -> BLOCK: 1")
                    .contains("would be BLOCK: rule #001 (Network)")
                    .contains("The rules of the time, replayed, agree with 5 of 5 recorded decisions\n")
                    .doesNotContain("192.0.2.1"); // personal data unless asked for
            var report = JSON.readTree(desk.resolve("report.json").toFile());
            assertThat(report.path("affectedUsers").asInt()).isEqualTo(2);
            assertThat(report.toString()).doesNotContain("192.0.2.1").doesNotContain("\"rules\"");
            var shown = run(sluice, "--rules", "candidate.json", "--show-values");
            assertThat(shown.out()).contains("rule #001 (Network) matched: ip.address = \"192.0.2.1\"");

            // over the management API: the same, beside production
            var candidate = Files.readString(desk.resolve("candidate.json"));
            var overTheApi = reportOverTheApi(management, candidate);
            assertThat(without(overTheApi, "to")).isEqualTo(without(report, "to"));
            assertThat(management
                            .post("/backtests", "{'rules':{'pay':[{'name':'x'}]}}")
                            .text("errorDescription"))
                    .isEqualTo("rules/pay/0/isActive: expected true or false.");

            assertThat(everything(sluice)).isEqualTo(before);
            assertThat(pay(sluice, "grace", 5000, "10.1.2.3")).isNotEmpty(); // production goes on
        }
    }

    @Test
    void givenWhatCanNotBe_whenBackTested_thenItIsToldAndTheStatusSaysWhich(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).startIngressAlone()) {
            var none = run(sluice, "--rules", "none.json");
            assertThat(none.status()).isEqualTo(2);
            assertThat(none.err()).contains("backtest: there is no file").contains("none.json");

            Files.writeString(
                    desk.resolve("slip.json"),
                    candidate("{'name':'x','isActive':true,'priority':0,'type':'BLOCK',"
                            + "'conditions':{'var':'device.isNewX'}}"));
            var slip = run(sluice, "--rules", "slip.json");
            assertThat(slip.status()).isEqualTo(2);
            assertThat(slip.err())
                    .contains("backtest: slip.json: pay/0/conditions/var: There is no data point device.isNewX.");

            var before = everything(sluice);
            sluice.with("SLUICE_TOPIC_PREFIX", "elsewhere.");
            var elsewhere = run(sluice, "--rules", "slip.json");
            assertThat(elsewhere.status()).isEqualTo(1);
            assertThat(elsewhere.err()).contains("There is no topic elsewhere.configuration at " + kafka.servers());
            assertThat(everything(sluice)).isEqualTo(before);
        }
    }

    /** Prints how fast it was; 2 cores and a broker in the test's own JVM. */
    @Test
    void givenTwentyThousandEvents_whenBackTestedInPasses_thenEveryOneIsCounted(Bootstrap kafka) throws Exception {
        try (var sluice = Sluice.on(kafka, folder).startIngressAlone()) {
            new Management(sluice.api(0))
                    .post("/custom-data-points", "{'name':'amount','dataType':'number','modelType':'action'}");
            publish(sluice);
            Files.writeString(
                    desk.resolve("candidate.json"),
                    candidate("{'name':'Large','isActive':true,'priority':0,'type':'BLOCK',"
                            + "'conditions':{'>=':[{'var':'custom.amount'},90]}}"));
            for (var passes : List.of("1", "3")) {
                var ran = run(sluice, "--rules", "candidate.json", "--json", "report.json", "--passes", passes);
                assertThat(ran.status()).as(ran.err()).isZero();
                System.out.println("--passes " + passes + ", "
                        + ran.err()
                                .lines()
                                .filter(line -> line.contains("replayed"))
                                .findFirst()
                                .orElseThrow());
                var report = JSON.readTree(desk.resolve("report.json").toFile());
                assertThat(report.path("events").asInt()).isEqualTo(EVENTS);
                assertThat(report.path("decisions").asInt()).isEqualTo(EVENTS);
                assertThat(report.path("differing").asInt()).isEqualTo(EVENTS / 10);
                assertThat(report.path("users").asInt()).isEqualTo(USERS);
            }
        }
    }

    /** A tenth of the amounts is 90 or more. */
    private static void publish(Sluice sluice) {
        var topic = sluice.topics().trackEvents;
        var start = Instant.now().minus(Duration.ofDays(1));
        try (var producer = new KafkaProducer<>(
                sluice.node().kafka().producer(),
                new StringSerializer(),
                topic.value().serializer())) {
            for (var i = 0; i < EVENTS; i++) {
                var userId = "user-" + i % USERS;
                var amount = new CustomValue(null, (double) (i / USERS + i) % 100, null, null);
                producer.send(new ProducerRecord<>(
                        topic.name(),
                        Sluice.TENANT + "/" + userId,
                        TrackEvent.newBuilder()
                                .setEventId("event-" + i)
                                .setTenantId(Sluice.TENANT)
                                .setUserId(userId)
                                .setActionCode("pay")
                                .setIdempotencyKey("key-" + i)
                                .setReceivedAt(start.plusSeconds(i))
                                .setAttributes(TrackAttributes.newBuilder()
                                        .setCustom(Map.of("amount", amount))
                                        .build())
                                .build()));
            }
        }
    }

    private static String pay(Sluice sluice, String userId, int amount, String ipAddress) {
        return sluice.api(0)
                .track(userId, "pay", Map.of("ipAddress", ipAddress, "custom", Map.of("amount", amount)))
                .text("token");
    }

    private static String candidate(String rules) {
        return ("{'pay':[" + rules + "]}").replace('\'', '"');
    }

    /** One at a time; what is forgotten is gone. */
    private static JsonNode reportOverTheApi(Management management, String candidate) {
        var started = management.post("/backtests", "{'rules':" + candidate + "}");
        assertThat(started.status()).as("%s", started.body()).isEqualTo(200);
        var path = "/backtests/" + started.text("backtestId");
        var answer = management.get(path);
        while (Set.of("WAITING", "RUNNING").contains(answer.text("state"))) answer = management.get(path);
        assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
        assertThat(answer.body().path("progress").asDouble()).isEqualTo(1);
        assertThat(management.delete(path).status()).isEqualTo(200);
        assertThat(management.get(path).status()).isEqualTo(404);
        return answer.body().path("report");
    }

    private static JsonNode without(JsonNode report, String field) {
        return report.<ObjectNode>deepCopy().without(field);
    }

    private JsonNode report(Sluice sluice, String candidate) throws Exception {
        Files.writeString(desk.resolve("candidate.json"), candidate);
        var ran = run(sluice, "--rules", "candidate.json", "--json", "report.json");
        assertThat(ran.status()).as(ran.err()).isZero();
        return JSON.readTree(desk.resolve("report.json").toFile());
    }

    private CommandLine.Ran run(Sluice sluice, String... arguments) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("backtest", "--folder", desk.toString()));
        all.addAll(List.of(arguments));
        return CommandLine.run(sluice.environment(), desk, "sluice.deploy.Launcher", all.toArray(String[]::new));
    }

    /** Every group, topic, end of a partition and file of the data directory. */
    private Map<String, Object> everything(Sluice sluice) throws Exception {
        var all = new TreeMap<String, Object>();
        var admin = sluice.node().admin();
        var prefix = sluice.topics().prefix();
        for (GroupListing group : admin.listGroups().all().get()) all.put("group " + group.groupId(), group.type());
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        names.forEach(name -> all.put("topic " + name, ""));
        try (var consumer = new KafkaConsumer<>(
                sluice.node().kafka().follower(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = names.stream()
                    .filter(name -> name.startsWith(prefix) && !comesInItsOwnTime(sluice, name))
                    .flatMap(name -> consumer.partitionsFor(name).stream()
                            .map(partition -> new TopicPartition(name, partition.partition())))
                    .toList();
            consumer.endOffsets(partitions).forEach((partition, end) -> all.put("end of " + partition, end));
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> all.put("file " + file, ""));
        }
        return all;
    }

    /** What follows events and outcomes, a back-test or not: signals and counts, with their changelogs, and seals. */
    private static boolean comesInItsOwnTime(Sluice sluice, String name) {
        return Stream.of(sluice.topics().signals, sluice.topics().aggregates, sluice.topics().audit)
                .anyMatch(topic -> name.startsWith(topic.name()));
    }
}
