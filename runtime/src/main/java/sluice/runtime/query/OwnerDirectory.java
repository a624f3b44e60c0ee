package sluice.runtime.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.schemas.Owner;
import sluice.schemas.topic.Topic;

/** Knows where each partition's owner answers, by following the owners topic. Thread-safe. */
public final class OwnerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerDirectory.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, Owner> consumer;
    private final Map<String, String> endpoints = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Starts following. */
    public OwnerDirectory(Topic<Owner> topic, KafkaProperties kafka) {
        this.consumer = new KafkaConsumer<>(
                kafka.follower(), new StringDeserializer(), topic.value().deserializer());
        var thread = new Thread(() -> follow(new TopicPartition(topic.name(), 0)), "owner-directory");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(TopicPartition partition) {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                consumer.poll(POLL)
                        .forEach(read -> endpoints.put(read.key(), read.value().getEndpoint()));
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        }
    }

    /** Base URL of the last owner that announced itself, empty while none has. */
    Optional<String> ownerOf(String service, int partition) {
        return Optional.ofNullable(endpoints.get(service + "/" + partition));
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
