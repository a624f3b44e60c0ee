package sluice.track.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import sluice.runtime.Node;
import sluice.schemas.Reply;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/**
 * Publishes events and finds the replies to them. Nothing is parked while a reply is awaited; at most so many are
 * awaited at once. Thread-safe.
 */
public final class EventLog implements AutoCloseable {
    private static final int ANSWERING_THREADS_MIN = 4;

    /** Where calls wait longer on average the machine has more than it can do. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(120);

    private final Producer<String, byte[]> producer;
    private final ReplyListener listener;
    private final Map<String, CompletableFuture<Reply>> awaited = new ConcurrentHashMap<>();
    private final int inFlightMax;
    private final AdaptiveBound places;
    private final Counter refused;
    private final Duration patience;
    private final Header replyPartition;

    /** Maps answers and writes them to sockets, so that one slow client holds up neither replies nor time-outs. */
    private final ExecutorService answering;

    /**
     * Starts listening for replies.
     *
     * @param inFlightMax replies that may be awaited at once
     * @param patience how long one is awaited
     */
    public EventLog(Node node, int inFlightMax, Duration patience) {
        this.producer = new KafkaProducer<>(node.kafka().producer(), new StringSerializer(), new ByteArraySerializer());
        this.listener = new ReplyListener(node.topics().replies, node.kafka(), this::arrived);
        this.inFlightMax = inFlightMax;
        this.places = new AdaptiveBound(inFlightMax, SHORT_WAIT, System.nanoTime());
        Gauge.builder("sluice.in.flight.places", places, AdaptiveBound::places).register(node.meters());
        this.refused = node.meters().counter("sluice.calls.refused", "for", "outcomes awaited");
        Gauge.builder("sluice.outcomes.awaited", awaited, Map::size).register(node.meters());
        this.patience = patience;
        this.answering = Executors.newFixedThreadPool(
                Math.max(ANSWERING_THREADS_MIN, Runtime.getRuntime().availableProcessors()), EventLog::answeringThread);
        this.replyPartition = new RecordHeader(
                Topics.REPLY_PARTITION, String.valueOf(listener.partition()).getBytes(UTF_8));
        node.health().needs("replies", listener::isListening);
    }

    /**
     * Publishes an event.
     *
     * @param userKey tenantId/userId
     * @param eventId unique to the event; names the reply
     * @return the reply; completes with {@link java.util.concurrent.TimeoutException} if none comes in time, with a
     *     {@link org.apache.kafka.common.KafkaException} if the log does not take the event, with
     *     {@link CrowdedException} if too many are awaited
     */
    public <V extends SpecificRecord> CompletableFuture<Reply> publish(
            Topic<V> topic, String userKey, String eventId, V event) {
        if (!places.enter()) {
            refused.increment();
            return CompletableFuture.failedFuture(new CrowdedException());
        }
        var enteredAt = System.nanoTime();
        var reply = new CompletableFuture<Reply>().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        reply.whenComplete((arrived, fault) -> {
            awaited.remove(eventId);
            places.leave(enteredAt, System.nanoTime());
        });
        awaited.put(eventId, reply);
        try {
            producer.send(recordOf(topic, userKey, eventId, event), (sent, fault) -> {
                if (fault != null) reply.completeExceptionally(fault);
            });
        } catch (RuntimeException e) {
            reply.completeExceptionally(e);
        }
        return reply.whenCompleteAsync((arrived, fault) -> {}, answering);
    }

    /** Replies that may be awaited at once. */
    public int inFlightMax() {
        return inFlightMax;
    }

    private static Thread answeringThread(Runnable work) {
        var thread = new Thread(work, "answering");
        thread.setDaemon(true);
        return thread;
    }

    private <V extends SpecificRecord> ProducerRecord<String, byte[]> recordOf(
            Topic<V> topic, String userKey, String eventId, V event) {
        List<Header> headers = List.of(replyPartition, new RecordHeader(Topics.EVENT_ID, eventId.getBytes(UTF_8)));
        return new ProducerRecord<>(
                topic.name(), null, null, userKey, topic.value().toBytes(event), headers);
    }

    private void arrived(Reply reply) {
        var waiting = awaited.get(reply.getCauseId());
        if (waiting != null) waiting.complete(reply);
    }

    @Override
    public void close() {
        producer.close(patience);
        listener.close();
        answering.shutdown();
    }
}
