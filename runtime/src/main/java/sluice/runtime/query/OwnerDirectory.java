package sluice.runtime.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.PatientPoll;
import sluice.schemas.Owner;
import sluice.schemas.topic.Topic;

/** Knows where each partition's owner answers, by following the owners topic. Thread-safe. */
public final class OwnerDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerDirectory.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * An owner as it said it is.
     *
     * @param endpoint base URL of where it answers
     * @param bindsAnswers whether it seals an answer for the very question
     */
    record AnnouncedOwner(String endpoint, boolean bindsAnswers) {}

    private final Topic<Owner> topic;
    private final Consumer<String, byte[]> consumer;
    private final Map<String, AnnouncedOwner> owners = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Starts following. */
    public OwnerDirectory(Topic<Owner> topic, KafkaProperties kafka) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        var thread = new Thread(() -> follow(new TopicPartition(topic.name(), 0)), "owner-directory");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(TopicPartition partition) {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) PatientPoll.poll(consumer, POLL).forEach(this::learn);
        } catch (WakeupException e) {
            LOG.debug("closed");
        }
    }

    /** What is no owner is stepped over: without its directory an ingress finds nobody after the next move. */
    private void learn(ConsumerRecord<String, byte[]> read) {
        try {
            var owner = topic.value().fromBytes(read.value());
            var announced =
                    new AnnouncedOwner(owner.getEndpoint(), read.headers().lastHeader(QueryRoute.BINDS) != null);
            owners.put(owner.getService() + "/" + owner.getPartition(), announced);
        } catch (SerializationException e) {
            LOG.error("Record {} of {} is no owner, it counts for nothing", read.offset(), read.topic(), e);
        }
    }

    /** The last owner that announced itself, empty while none has. */
    Optional<AnnouncedOwner> ownerOf(String service, int partition) {
        return Optional.ofNullable(owners.get(service + "/" + partition));
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
