package sluice.runtime.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls for those who follow a topic for as long as the process lives: a fault of the broker's ends no following. */
public final class PatientPoll {
    private static final Logger LOG = LoggerFactory.getLogger(PatientPoll.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private PatientPoll() {}

    /**
     * Polls once; after a fault it waits a second and has read nothing.
     *
     * @throws WakeupException if the consumer was woken up, which is how a following is ended
     */
    public static <K, V> ConsumerRecords<K, V> poll(Consumer<K, V> consumer, Duration atMost) {
        try {
            return consumer.poll(atMost);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("{} can't be read now, and is tried again", consumer.assignment(), e);
            LockSupport.parkNanos(PAUSE.toNanos());
            return ConsumerRecords.empty();
        }
    }
}
