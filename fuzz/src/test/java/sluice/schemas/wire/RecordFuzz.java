package sluice.schemas.wire;

import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import sluice.fuzz.Choices;
import sluice.fuzz.Records;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** Bytes under any topic's name: a record of that topic, which can be written again, or refused. */
public final class RecordFuzz {
    private static final ReleasedSchemas SCHEMAS = ReleasedSchemas.load();
    private static final Records RECORDS = new Records(SCHEMAS);
    private static final List<Topic<?>> TOPICS = new Topics("sluice.", 1, Duration.ofDays(1), SCHEMAS).all();

    private RecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var topic = choices.of(TOPICS);
        var isSound = choices.below(2) == 1;
        roundTrip(topic, isSound ? RECORDS.wire(topic.value().schema(), choices) : choices.rest());
    }

    private static <V extends SpecificRecord> void roundTrip(Topic<V> topic, byte[] bytes) {
        V read;
        try {
            read = topic.value().fromBytes(bytes);
        } catch (SerializationException e) {
            return; // as promised
        }
        var again = topic.value().fromBytes(topic.value().toBytes(read));
        // Avro compares no maps, but tells them
        if (!again.toString().equals(read.toString())) throw new AssertionError("Not what was written: " + read);
    }
}
