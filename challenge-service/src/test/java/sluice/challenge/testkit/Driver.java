package sluice.challenge.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import sluice.challenge.kafka.ChallengeTopology;
import sluice.runtime.NodeSettings;
import sluice.runtime.NodeSettings.Guarantee;
import sluice.runtime.kafka.ClientSecurity;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.query.Ownership;
import sluice.schemas.Action;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Decision;
import sluice.schemas.Reply;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.Verification;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

/** The topology on one partition, with the settings that it runs with and without a broker. */
public final class Driver implements AutoCloseable {
    public final Topics topics = new Topics("sluice.", 4, Duration.ofDays(1), ReleasedSchemas.load());

    /** What the ownership was told, in order. */
    public final List<String> ownership = new ArrayList<>();

    private final Properties properties;
    private final TopologyTestDriver driver;

    /** @param folder for the stores */
    public Driver(Path folder) {
        properties = properties(folder);
        driver = new TopologyTestDriver(
                new ChallengeTopology(topics, properties, new Recorded(ownership)).get(), properties, Ada.START);
    }

    /** Settings of a topology, as it runs with them. */
    public static Properties properties(Path folder) {
        return new KafkaProperties(settings(folder))
                .streams("sluice.challenge-service", "member", folder, "sluice.dead-letters");
    }

    private static NodeSettings settings(Path folder) {
        return new NodeSettings(
                "127.0.0.1:9092",
                ClientSecurity.NONE,
                folder,
                "sluice.",
                4,
                1,
                Duration.ofDays(1),
                Guarantee.AT_LEAST_ONCE,
                1,
                0,
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(6),
                Optional.empty(),
                Duration.ofMinutes(1),
                Duration.ofDays(1));
    }

    /** Notes what it is told. */
    private record Recorded(List<String> told) implements Ownership {
        @Override
        public void tookOver(int partition) {
            told.add("took over " + partition);
        }

        @Override
        public void released(int partition) {
            told.add("released " + partition);
        }

        @Override
        public void requireUnbroken(int partition) {}

        @Override
        public void applied(ProcessorContext<?, ?> context) {
            told.add("applied " + context.recordMetadata().orElseThrow().topic());
        }
    }

    /** The headers of an event that an ingress instance waits for. */
    public static Headers asking(String partition, String eventId) {
        return new RecordHeaders()
                .add(Topics.REPLY_PARTITION, partition.getBytes(UTF_8))
                .add(Topics.EVENT_ID, eventId.getBytes(UTF_8))
                .add("trace", new byte[] {1});
    }

    public static Headers silent() {
        return new RecordHeaders();
    }

    public void comes(Decision decision, Headers headers) {
        comes(topics.decisions, Ada.KEY, decision, headers);
    }

    public void comes(Verification verification, Headers headers) {
        comes(topics.verifications, Ada.KEY, verification, headers);
    }

    public void comes(UserChange change, Headers headers) {
        comes(topics.userChanges, Ada.KEY, change, headers);
    }

    public <V extends SpecificRecord> void comes(
            Topic<V> topic, @Nullable String key, @Nullable V value, Headers headers) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), topic.value().serializer())
                .pipeInput(new TestRecord<>(key, value, headers, Ada.START));
    }

    public void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    public List<TestRecord<String, ChallengeTransition>> transitions() {
        return read(topics.challengeTransitions);
    }

    public List<TestRecord<String, Reply>> replies() {
        return read(topics.replies);
    }

    public List<TestRecord<String, UserCommand>> commands() {
        return read(topics.userCommands);
    }

    private <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), topic.value().deserializer())
                .readRecordsToList();
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    public KeyValueStore<String, Action> actions() {
        return driver.getKeyValueStore(ChallengeTopology.ACTION);
    }

    public KeyValueStore<String, String> expiries() {
        return driver.getKeyValueStore("expiry");
    }

    /** What the topology looks like. */
    public String picture() {
        return new ChallengeTopology(topics, properties, new Recorded(ownership))
                .get()
                .describe()
                .toString();
    }

    @Override
    public void close() {
        driver.close();
    }
}
