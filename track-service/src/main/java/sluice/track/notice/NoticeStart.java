package sluice.track.notice;

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
 * Goes on where notices stand; where there have been none yet, begins with what comes from the start of this process on,
 * and notes that at once, so that one which ends before its first notice leaves no gap.
 */
record NoticeStart(Instant processStart) implements Start {

    @Override
    public void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        var committed = consumer.committed(Set.copyOf(partitions));
        var fresh = partitions.stream()
                .filter(partition -> committed.get(partition) == null)
                .toList();
        if (fresh.isEmpty()) return;
        // before the look by time: a record that comes in between is after this end, and not stepped over
        var ends = consumer.endOffsets(fresh);
        var found = consumer.offsetsForTimes(
                fresh.stream().collect(toMap(partition -> partition, partition -> processStart.toEpochMilli())));
        var begins = fresh.stream().collect(toMap(partition -> partition, partition -> {
            var first = found.get(partition);
            return new OffsetAndMetadata(first == null ? end(ends, partition) : first.offset());
        }));
        consumer.commitSync(begins);
        begins.forEach(consumer::seek);
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        var end = ends.get(partition);
        if (end == null) throw new IllegalStateException("The broker does not know the end of " + partition);
        return end;
    }
}
