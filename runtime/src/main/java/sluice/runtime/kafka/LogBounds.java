package sluice.runtime.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where the records of a time begin and end on the log, as far as the records' own times tell. */
public final class LogBounds {
    /** Ingresses' clocks differ, and what was received first may be written last. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private LogBounds() {}

    /** Offsets before the first record that may be of a time from {@code from} on; those of the log where it is empty. */
    public static Map<TopicPartition, Long> beginnings(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Optional<Instant> from) {
        var beginnings = new HashMap<>(consumer.beginningOffsets(partitions));
        if (from.isEmpty()) return beginnings;
        var ends = consumer.endOffsets(partitions);
        var found = consumer.offsetsForTimes(at(partitions, from.get().minus(SLACK)));
        for (var partition : partitions) {
            var first = found.get(partition);
            beginnings.put(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
        return beginnings;
    }

    /** Offsets behind the last record that may be of a time before {@code to}, or behind the last that was committed. */
    public static Map<TopicPartition, Long> ends(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Optional<Instant> to) {
        var ends = new HashMap<>(consumer.endOffsets(partitions));
        to.ifPresent(time -> consumer.offsetsForTimes(at(partitions, time.plus(SLACK)))
                .forEach((partition, found) -> {
                    if (found != null) ends.merge(partition, found.offset(), Math::min);
                }));
        return ends;
    }

    private static Map<TopicPartition, Long> at(Collection<TopicPartition> partitions, Instant time) {
        var asked = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> asked.put(partition, time.toEpochMilli()));
        return asked;
    }
}
