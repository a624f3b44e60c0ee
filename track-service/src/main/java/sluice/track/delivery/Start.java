package sluice.track.delivery;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where deliveries begin in partitions that were just taken over. */
public interface Start {
    /** Sets the consumer's position in each of them. */
    void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);
}
