package sluice.track.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What is delivered from the log, and how.
 *
 * @param <E> an event
 */
public interface Feed<E> {
    /** Names of the topics that events are made of. */
    List<String> topics();

    /** The event that a record makes; empty for what is nothing to tell of. */
    Optional<E> of(ConsumerRecord<String, byte[]> read);

    /** Makes one attempt; never completes exceptionally. */
    CompletableFuture<Attempt> send(E event);

    /**
     * Whether an attempt that failed is the event's last.
     *
     * @param tries how many the event has had, from 1
     * @param age of the event, by the time of its record
     */
    boolean isLast(Attempt attempt, int tries, Duration age);

    /** Hears of an event that is tried no more. */
    void givenUp(E event, TopicPartition partition, long offset);

    /** Who it goes to now: where that is somebody else than before, what waits after a failure is tried at once. */
    Object receiver();
}
