package sluice.track.webhook;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import sluice.track.delivery.Start;

/**
 * Where a tenant's deliveries begin in partitions that were just taken over: at what came when the URL was set, or at
 * what was not delivered yet, whichever is later. So what came while no URL was set is not told of, and an offset that
 * the broker has forgotten makes duplicates, not gaps.
 */
record Since(Instant at) implements Start {

    @Override
    public void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var committed = consumer.committed(Set.copyOf(partitions));
        // before the look by time: a record that comes in between is after this end, and not stepped over
        var ends = consumer.endOffsets(partitions);
        var found = consumer.offsetsForTimes(
                partitions.stream().collect(toMap(partition -> partition, partition -> at.toEpochMilli())));
        for (var partition : partitions) {
            var first = found.get(partition);
            var begin = first == null ? end(ends, partition) : first.offset();
            consumer.seek(partition, Math.max(begin, notDelivered(committed, partition)));
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        var end = ends.get(partition);
        if (end == null) throw new IllegalStateException("The broker does not know the end of " + partition);
        return end;
    }

    private static long notDelivered(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        var offset = committed.get(partition);
        return offset == null ? 0 : offset.offset();
    }
}
