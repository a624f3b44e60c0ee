package sluice.rules.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import sluice.rules.kafka.EventMapper;
import sluice.rules.kafka.Incoming;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogBounds;
import sluice.schemas.Decision;
import sluice.schemas.TrackEvent;
import sluice.schemas.UserCommand;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/**
 * One partition of the topics that users' events come by, as one sequence: each topic in its own order, and between them
 * by receivedAt; at the same moment commands first, then answers to challenges, then track events. Between topics the
 * log has no order of its own; production takes them as they arrive. A decision comes before its event: both topics have
 * the order in which production took the events.
 */
public final class MergedPartition implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BUFFERED_MAX = 4000;

    private final Consumer<String, byte[]> consumer;
    private final List<Source<?>> sources;
    private final boolean isCut;

    /** A record of one of the topics. */
    public sealed interface Item {
        /** When the event was received that it is, or is about. */
        Instant at();
    }

    /**
     * An event that was not opened yet.
     *
     * @param open opens it; throws what a mapper throws
     */
    public record Pending(String key, Instant at, Supplier<Incoming> open) implements Item {}

    /** A decision that was made. */
    public record Decided(Instant at, Decision decision) implements Item {}

    /** One of the topics. */
    private static final class Source<V extends SpecificRecord> {
        private final Topic<V> topic;
        private final TopicPartition partition;
        private final BiFunction<String, V, Item> item;
        private final Deque<Item> buffer = new ArrayDeque<>();
        private long end;

        private Source(Topic<V> topic, int partition, BiFunction<String, V, Item> item) {
            this.topic = topic;
            this.partition = new TopicPartition(topic.name(), partition);
            this.item = item;
        }

        private static <V extends SpecificRecord> Source<V> ofEvents(
                Topic<V> topic, int partition, Function<V, Instant> receivedAt, BiFunction<String, V, Incoming> open) {
            return new Source<>(
                    topic,
                    partition,
                    (key, event) -> new Pending(key, receivedAt.apply(event), () -> open.apply(key, event)));
        }

        private void add(ConsumerRecord<String, byte[]> read) {
            buffer.add(item.apply(read.key(), topic.value().fromBytes(read.value())));
        }

        private @Nullable Instant next() {
            var head = buffer.peek();
            return head == null ? null : head.at();
        }
    }

    /** @param to where reading may stop, but for what is on the log out of order; empty: at its end */
    public MergedPartition(
            KafkaProperties kafka, Topics topics, EventMapper events, int partition, Optional<Instant> to) {
        this.consumer = new KafkaConsumer<>(kafka.reader(), new StringDeserializer(), new ByteArrayDeserializer());
        this.sources = List.of(
                new Source<>(
                        topics.decisions, partition, (key, decision) -> new Decided(decision.getDecidedAt(), decision)),
                Source.ofEvents(topics.userCommands, partition, UserCommand::getReceivedAt, events::command),
                Source.ofEvents(topics.verifyEvents, partition, VerifyEvent::getReceivedAt, events::verify),
                Source.ofEvents(topics.trackEvents, partition, TrackEvent::getReceivedAt, events::track));
        var partitions = sources.stream().map(source -> source.partition).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = LogBounds.ends(consumer, partitions, to);
        sources.forEach(source -> source.end = ends.getOrDefault(source.partition, 0L));
        this.isCut = consumer.beginningOffsets(partitions).values().stream().anyMatch(beginning -> beginning > 0);
    }

    /** Whether the log has lost its beginning. */
    public boolean isCut() {
        return isCut;
    }

    /** How much of it was read, 0 to 1. */
    public double share() {
        var end = sources.stream().mapToLong(source -> source.end).sum();
        var left = sources.stream()
                .mapToLong(source -> Math.max(0, source.end - consumer.position(source.partition)))
                .sum();
        return end == 0 ? 1 : 1 - (double) left / end;
    }

    /**
     * Reads it all.
     *
     * @param isWanted whether a key's events matter; others are not looked at
     * @param each takes the events in order
     * @param unreadable told of a record whose time can't be read
     * @param read told how many records more were read
     */
    public void forEach(
            Predicate<String> isWanted,
            java.util.function.Consumer<Item> each,
            Runnable unreadable,
            LongConsumer read) {
        while (true) {
            for (var source = nextSource(); source.isPresent(); source = nextSource()) {
                each.accept(source.get().buffer.remove());
            }
            if (sources.stream().allMatch(this::isRead)) return;
            limitBuffers();
            var records = consumer.poll(POLL);
            for (var source : sources) {
                for (var record : records.records(source.partition)) {
                    if (record.offset() >= source.end) break;
                    if (record.key() == null || !isWanted.test(record.key())) continue;
                    try {
                        source.add(record);
                    } catch (RuntimeException e) {
                        unreadable.run();
                    }
                }
            }
            read.accept(records.count());
        }
    }

    /** The source whose event comes next; empty while one that is not read to its end might have an earlier one. */
    private Optional<Source<?>> nextSource() {
        if (sources.stream().anyMatch(source -> source.buffer.isEmpty() && !isRead(source))) return Optional.empty();
        return sources.stream()
                .filter(source -> source.next() != null)
                .min(Comparator.comparing(Source::next)); // of equals the first, and that is the order of the list
    }

    private boolean isRead(Source<?> source) {
        return consumer.position(source.partition) >= source.end;
    }

    private void limitBuffers() {
        for (var source : sources) {
            var one = List.of(source.partition);
            if (source.buffer.size() >= BUFFERED_MAX || isRead(source)) consumer.pause(one);
            else consumer.resume(one);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
