package sluice.schemas.topic;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import sluice.schemas.wire.AvroSerde;

/**
 * A topic and how its records are written: a topic never travels without its serdes.
 *
 * @param name full name, prefix included
 * @param partitions how many it is created with
 * @param settings topic settings it is created with, by Kafka's names
 * @param value writes and reads its records
 * @param <V> the record
 */
public record Topic<V extends SpecificRecord>(
        String name, int partitions, Map<String, String> settings, AvroSerde<V> value) {

    /** Keys are text: tenantId/userId, unless the catalogue says otherwise. */
    public Serde<String> key() {
        return Serdes.String();
    }
}
