package sluice.runtime.registry;

import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The log that builds tell their schemas on: an id in decimal and a schema's text each. Thread-safe. */
interface SchemaLog extends AutoCloseable {

    /**
     * Reads what came since the last call, up to the end that there is at this one. After a fault the next call goes on
     * where it stopped.
     *
     * @param each takes key and value
     * @throws KafkaException if the broker does not tell
     */
    void forEachNew(BiConsumer<@Nullable String, @Nullable String> each);

    /**
     * Appends, and returns when none of it can be lost any more.
     *
     * @param schemas texts by id
     * @throws KafkaException if the broker does not take them
     */
    void append(Map<Integer, String> schemas) throws InterruptedException;

    /** What is called afterwards, or is under way, throws. */
    @Override
    void close();
}
