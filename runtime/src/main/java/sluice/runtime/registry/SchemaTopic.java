package sluice.runtime.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import sluice.runtime.kafka.KafkaProperties;

/** The topic of schemas, by a consumer that is made at the first look and kept for the next. */
final class SchemaTopic implements SchemaLog {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** At a start, while leaders may be elected. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final TopicPartition partition;
    private final KafkaProperties kafka;
    private volatile @Nullable Consumer<String, String> consumer;
    private volatile boolean closed;
    private boolean isThere;

    SchemaTopic(String topic, KafkaProperties kafka) {
        this.partition = new TopicPartition(topic, 0);
        this.kafka = kafka;
    }

    @Override
    public synchronized void forEachNew(BiConsumer<@Nullable String, @Nullable String> each) {
        var reader = reader();
        if (!isThere(reader)) return;
        var end = reader.endOffsets(List.of(partition), ANSWER).getOrDefault(partition, 0L);
        if (reader.position(partition, ANSWER) > end)
            reader.seekToBeginning(List.of(partition)); // made anew by somebody
        var deadline = System.nanoTime() + ANSWER.toNanos();
        while (reader.position(partition, ANSWER) < end) {
            var read = reader.poll(POLL);
            read.forEach(record -> each.accept(record.key(), record.value()));
            if (!read.isEmpty()) deadline = System.nanoTime() + ANSWER.toNanos();
            else if (System.nanoTime() > deadline) throw new TimeoutException(partition + " gives no records");
        }
    }

    private Consumer<String, String> reader() {
        if (closed) throw new KafkaException(partition + " is not read any more");
        var known = consumer;
        if (known != null) return known;
        var made = new KafkaConsumer<>(kafka.reader(), new StringDeserializer(), new StringDeserializer());
        consumer = made;
        return made;
    }

    /** A command may look into a log whose processes know no such topic yet. */
    private boolean isThere(Consumer<String, String> reader) {
        if (!isThere && !reader.partitionsFor(partition.topic(), ANSWER).isEmpty()) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            isThere = true;
        }
        return isThere;
    }

    @Override
    public void append(Map<Integer, String> schemas) throws InterruptedException {
        var settings = kafka.producer();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            schemas.forEach((id, text) ->
                    sent.add(producer.send(new ProducerRecord<>(partition.topic(), 0, String.valueOf(id), text))));
            for (var each : sent) each.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        closed = true;
        var known = consumer;
        if (known != null) known.wakeup();
        synchronized (this) {
            if (consumer != null) consumer.close();
        }
    }
}
