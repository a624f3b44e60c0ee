package sluice.rules.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How far there is to read. */
final class LogEnds {
    /** Ingresses' clocks differ, and what was received first may be written last. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private LogEnds() {}

    /** Offsets behind the last record that may be of a time before {@code to}, or behind the last that was committed. */
    static Map<TopicPartition, Long> of(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Optional<Instant> to) {
        var ends = new HashMap<>(consumer.endOffsets(partitions));
        to.ifPresent(time -> {
            var asked = new HashMap<TopicPartition, Long>();
            partitions.forEach(
                    partition -> asked.put(partition, time.plus(SLACK).toEpochMilli()));
            consumer.offsetsForTimes(asked).forEach((partition, found) -> {
                if (found != null) ends.merge(partition, found.offset(), Math::min);
            });
        });
        return ends;
    }
}
