package sluice.bench.bare;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import sluice.runtime.kafka.KafkaProperties;

/** Events out, replies in. */
final class BareLog {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final TopicPartition MINE = new TopicPartition(BareTopics.REPLIES, 0);

    private final Producer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<Long, CompletableFuture<byte[]>> awaited = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Sizes sizes;

    BareLog(KafkaProperties kafka, Sizes sizes) {
        this.producer = new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(kafka.follower(), new StringDeserializer(), new ByteArrayDeserializer());
        this.sizes = sizes;
        consumer.assign(List.of(MINE));
        consumer.seekToEnd(List.of(MINE));
        consumer.position(MINE);
        var listening = new Thread(this::listen, "reply-listener");
        listening.setDaemon(true);
        listening.start();
    }

    private void listen() {
        while (true) {
            for (var read : consumer.poll(POLL)) {
                var waiting = awaited.remove(Envelope.id(read.value()));
                if (waiting != null) waiting.complete(read.value());
            }
        }
    }

    CompletableFuture<byte[]> publish(String userKey, String action) {
        var id = ids.incrementAndGet();
        var reply = new CompletableFuture<byte[]>();
        awaited.put(id, reply);
        var event = Envelope.event(sizes, id, MINE.partition(), action);
        producer.send(new ProducerRecord<>(BareTopics.EVENTS, userKey, event), (sent, fault) -> {
            if (fault != null) reply.completeExceptionally(fault);
        });
        return reply;
    }
}
