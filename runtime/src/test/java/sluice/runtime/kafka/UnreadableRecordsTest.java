package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;
import sluice.schemas.wire.SchemaUnavailableException;

class UnreadableRecordsTest {
    private static final String POISON = "poison";
    private static final String UNTOLD = "untold";

    private static TopologyTestDriver driver() {
        Deserializer<String> values = (topic, bytes) -> {
            var text = new StringDeserializer().deserialize(topic, bytes);
            if (text.equals(POISON)) throw new SerializationException("no record");
            if (text.equals(UNTOLD)) throw new SchemaUnavailableException("the broker is away");
            return text;
        };
        var builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.serdeFrom(new StringSerializer(), values)))
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "unreadable");
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        settings.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "dead-letters");
        return new TopologyTestDriver(builder.build(), settings);
    }

    @Test
    void givenARecordThatNobodyCanRead_whenItComes_thenItIsADeadLetterAndTheNextOneIsRead() {
        try (var driver = driver()) {
            var in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());

            in.pipeInput("key", POISON);
            in.pipeInput("key", "sound");

            assertThat(driver.createOutputTopic("dead-letters", new StringDeserializer(), new StringDeserializer())
                            .readValuesToList())
                    .containsExactly(POISON);
            assertThat(driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer())
                            .readValuesToList())
                    .containsExactly("sound");
        }
    }

    /** The thread ends and another reads it again: it may be sound. */
    @Test
    void givenARecordWhoseSchemaCantBeToldNow_whenItComes_thenItIsNotSkipped() {
        try (var driver = driver()) {
            var in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());

            assertThatThrownBy(() -> in.pipeInput("key", UNTOLD)).isInstanceOf(StreamsException.class);

            assertThat(driver.createOutputTopic("dead-letters", new StringDeserializer(), new StringDeserializer())
                            .isEmpty())
                    .isTrue();
        }
    }
}
