package sluice.bench.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes events straight to the log, as fast as it takes them, and waits until what came of each is there. */
final class LogLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LINGER_MILLIS = 5;
    private static final int BATCH_BYTES = 128 << 10;

    private final Producer<String, byte[]> producer;
    private final LogSizes log;
    private final String outcomes;
    private final LongFunction<ProducerRecord<String, byte[]>> events;
    private long made;

    /**
     * Prepares.
     *
     * @param events by their number
     * @param outcomes topic that gets one record for each event
     */
    LogLoad(String bootstrapServers, LongFunction<ProducerRecord<String, byte[]>> events, String outcomes) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
        this.log = new LogSizes(bootstrapServers);
        this.events = events;
        this.outcomes = outcomes;
    }

    /** Events a second, from the first published to the last outcome. */
    double run(int number) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(number);
        for (var each = 0; each < number; each++) records.add(events.apply(made++));
        var wanted = log.records(outcomes) + number;
        var begun = System.nanoTime();
        for (var each : records) producer.send(each);
        producer.flush();
        while (log.records(outcomes) < wanted) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) throw new IllegalStateException("Outcomes stay away");
            Thread.sleep(LOOK.toMillis());
        }
        return number / ((System.nanoTime() - begun) / 1e9);
    }

    @Override
    public void close() {
        producer.close();
        log.close();
    }
}
