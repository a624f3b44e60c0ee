package sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.util.Environment;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Sluice;
import sluice.schemas.TrackEvent;
import sluice.schemas.id.UserKey;

/** A rules-processor that has no more room, on its disk or in its heap: it ends, and the other one has what it had. */
@ExtendWith(KafkaBroker.class)
class ExhaustionTest {
    /** Of about 1 KB of state each: more than RocksDB keeps in memory until it writes a file. */
    private static final int EVENTS = 14_000;

    private static final String LONG = "x".repeat(240);

    private static final int USERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Files of 1 MiB at most, for all but what it prints: a disk that is full, without one. */
    private static final String LIMITED = "exec > >(cat) 2>&1; ulimit -f 1024; exec \"$@\"";

    @TempDir
    private Path folder;

    @Test
    void givenADiskThatIsFull_whenStateIsWritten_thenTheProcessSaysSoAndEndsAndTheOtherOneTakesOver(Bootstrap kafka)
            throws Exception {
        try (var sluice = installation(kafka).start()) {
            var command = new ArrayList<>(List.of("bash", "-c", LIMITED, "limited"));
            command.addAll(processor(
                    List.of("-Xmx256m", "-XX:-UsePerfData", "-Djava.library.path=" + withNativeLibrary(folder))));
            var limited = new ServiceProcess("limited", command, sluice.environment(), folder.resolve("limited.txt"));
            limited.start();
            limited.awaitReady();

            assertEndsAndNothingIsLost(sluice, limited, 1);

            assertThat(folder.resolve("limited.txt"))
                    .content()
                    .contains("rules-processor can't go on here, its state in");
        }
    }

    @Test
    void givenAHeapThatIsFull_whenEventsCome_thenTheProcessEndsAndTheOtherOneTakesOver(Bootstrap kafka)
            throws Exception {
        try (var sluice = installation(kafka).start()) {
            var command = processor(List.of("-Xmx20m", "-XX:+ExitOnOutOfMemoryError"));
            var limited = new ServiceProcess("limited", command, sluice.environment(), folder.resolve("limited.txt"));
            limited.start();

            assertEndsAndNothingIsLost(sluice, limited, 3);

            assertThat(folder.resolve("limited.txt")).content().contains("java.lang.OutOfMemoryError");
        }
    }

    /** Of two partitions, one for each of the two processors. */
    private Sluice installation(Bootstrap kafka) {
        return Sluice.on(kafka, folder.resolve("data")).with("SLUICE_PARTITIONS", "2");
    }

    private static List<String> processor(List<String> options) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=192m",
                "-cp",
                System.getProperty("java.class.path"),
                "sluice.deploy.Launcher",
                "rules-processor"));
        return command;
    }

    /** It is as large as a disk that is nearly full has no room for, and RocksDB would unpack it at each start. */
    private static Path withNativeLibrary(Path folder) throws IOException {
        var name = Environment.getJniLibraryFileName("rocksdb");
        try (var packed = Environment.class.getResourceAsStream("/" + name)) {
            assertThat(packed).isNotNull();
            Files.copy(packed, folder.resolve(name));
        }
        return folder.toAbsolutePath();
    }

    private static void assertEndsAndNothingIsLost(Sluice sluice, ServiceProcess limited, int status) {
        var before = track(sluice, "before");
        publish(sluice, itsPartition(sluice));
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> !limited.isAlive());
        } finally {
            if (limited.isAlive()) limited.kill();
        }
        var after = track(sluice, "after");

        assertThat(limited.status()).isEqualTo(status);
        assertThat(before).containsOnly("CHALLENGE_REQUIRED");
        assertThat(after).containsOnly("CHALLENGE_REQUIRED");
        assertThat(IntStream.range(0, USERS).mapToObj(each -> sluice.api(0)
                        .backend("GET", "/users/user-%d/actions/pay/before".formatted(each), Map.of())
                        .text("state")))
                .containsOnly("CHALLENGE_REQUIRED");
    }

    private static List<String> track(Sluice sluice, String key) {
        return IntStream.range(0, USERS)
                .mapToObj(each -> Awaitility.await()
                        .atMost(PATIENCE)
                        .until(
                                () -> sluice.api(0).track("user-" + each, "pay", Map.of("idempotencyKey", key)),
                                answer -> answer.status() != 503)
                        .text("state"))
                .toList();
    }

    /** The partition that the limited process has, or will be given. */
    private static int itsPartition(Sluice sluice) {
        var owners = sluice.topics().owners;
        var ours = sluice.node().endpointUrl();
        var isOurs = new HashMap<Integer, Boolean>();
        for (var read : Outcomes.of(sluice.node().kafka().client(), owners.name())) {
            var owner = owners.value().fromBytes(read.value());
            if (owner.getService().equals("rules-processor")) {
                isOurs.put(owner.getPartition(), owner.getEndpoint().equals(ours));
            }
        }
        return isOurs.entrySet().stream()
                .filter(each -> !each.getValue())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    private static void publish(Sluice sluice, int partition) {
        var topic = sluice.topics().trackEvents;
        var settings = sluice.node().kafka().producer();
        try (var producer = new KafkaProducer<>(
                settings, new StringSerializer(), topic.value().serializer())) {
            for (int each = 0, published = 0; published < EVENTS; each++) {
                if (UserKey.partition(UserKey.of(Sluice.TENANT, LONG + each), topic.partitions()) != partition)
                    continue;
                published++;
                var event = TrackEvent.newBuilder()
                        .setEventId(UUID.randomUUID().toString())
                        .setTenantId(Sluice.TENANT)
                        .setUserId(LONG + each)
                        .setActionCode("browse")
                        .setIdempotencyKey(LONG)
                        .setReceivedAt(Instant.now())
                        .build();
                producer.send(new ProducerRecord<>(topic.name(), UserKey.of(Sluice.TENANT, LONG + each), event));
            }
        }
    }
}
