package sluice.bench.bare;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import sluice.runtime.kafka.Flow;

/** Two topologies in a row, each with a store: a record is read, the store is read and written, a record is told. */
final class BareTopologies {
    static final String USER = "bare-user";
    static final String ACTION = "bare-action";

    private static final Deserializer<String> KEY = new StringDeserializer();
    private static final Deserializer<byte[]> VALUE = new ByteArrayDeserializer();
    private static final Serializer<String> KEY_OUT = new StringSerializer();
    private static final Serializer<byte[]> VALUE_OUT = new ByteArraySerializer();

    private BareTopologies() {}

    /** Events -> [user] -> decisions. */
    static Topology deciding() {
        return new Topology()
                .addSource("read", KEY, VALUE, BareTopics.EVENTS)
                .addProcessor("decide", Deciding::new, "read")
                .addStateStore(Flow.store(USER, Serdes.ByteArray()), "decide")
                .addSink("write", BareTopics.DECISIONS, KEY_OUT, VALUE_OUT, "decide");
    }

    /** Decisions -> [action] -> transitions, and replies to those who wait. */
    static Topology advancing() {
        StreamPartitioner<String, byte[]> named =
                (topic, key, value, partitions) -> Optional.of(Set.of(Integer.valueOf(key)));
        return new Topology()
                .addSource("read", KEY, VALUE, BareTopics.DECISIONS)
                .addProcessor("advance", Advancing::new, "read")
                .addStateStore(Flow.store(ACTION, Serdes.ByteArray()), "advance")
                .addSink(Advancing.TRANSITIONS, BareTopics.TRANSITIONS, KEY_OUT, VALUE_OUT, "advance")
                .addSink(Advancing.REPLIES, BareTopics.REPLIES, KEY_OUT, VALUE_OUT, named, "advance");
    }
}
