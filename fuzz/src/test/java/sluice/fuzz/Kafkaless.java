package sluice.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.settings.Settings;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** A topology on one partition without a broker, fed bytes as anybody may write them to its topics. */
public final class Kafkaless {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int RECORDS_MAX = 4;

    private final Topics topics;
    private final Records records;
    private final List<Topic<?>> in;
    private final List<Topic<?>> out;
    private final List<String> stores;
    private final TopologyTestDriver driver;

    /**
     * @param in topics that the topology reads
     * @param out topics that it writes
     * @param stores their names
     */
    public Kafkaless(
            Topics topics,
            Function<Properties, Topology> topology,
            List<Topic<?>> in,
            List<Topic<?>> out,
            List<String> stores) {
        this.topics = topics;
        this.records = new Records(topics.schemaIds());
        this.in = in;
        this.out = out;
        this.stores = stores;
        var streams = new KafkaProperties(NodeSettings.from(new Settings(Map.of())))
                .streams("sluice.fuzz", "member", folder(), topics.deadLetters());
        this.driver = new TopologyTestDriver(topology.apply(streams), streams, START);
    }

    /** A folder that goes with the machine's temporary files. */
    public static Path folder() {
        try {
            return Files.createTempDirectory("sluice-fuzz-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Feeds some records, reads what comes of them, and forgets. */
    public void feed(Choices choices) {
        var count = 1 + choices.below(RECORDS_MAX);
        for (var i = 0; i < count && !choices.isOver(); i++) feedOne(choices);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        out.forEach(this::read);
        driver.createOutputTopic(topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
        stores.forEach(this::empty);
    }

    private void feedOne(Choices choices) {
        var topic = choices.of(in);
        var key = choices.below(8) == 0 ? Records.text(choices) : "acme/ada";
        var headers = headers(choices);
        var value = value(topic, choices);
        driver.createInputTopic(
                        topic.name(),
                        new org.apache.kafka.common.serialization.StringSerializer(),
                        new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, START));
    }

    private byte @Nullable [] value(Topic<?> topic, Choices choices) {
        return switch (choices.below(16)) {
            case 0 -> null;
            case 1 -> choices.bytes(choices.next());
            default -> records.wire(topic.value().schema(), choices);
        };
    }

    private static Headers headers(Choices choices) {
        var headers = new RecordHeaders();
        if (choices.below(2) == 1) headers.add(Topics.REPLY_PARTITION, new byte[] {(byte) choices.next()});
        if (choices.below(4) == 1) headers.add(Topics.EVENT_ID, choices.bytes(choices.below(40)));
        return headers;
    }

    private void read(Topic<?> topic) {
        driver.createOutputTopic(
                        topic.name(), new ByteArrayDeserializer(), topic.value().deserializer())
                .readKeyValuesToList();
    }

    private void empty(String name) {
        var store = driver.<String, Object>getKeyValueStore(name);
        try (var all = store.all()) {
            while (all.hasNext()) store.delete(all.next().key);
        }
    }
}
