package sluice.runtime.erasure;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.seal.PersonalSeal;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.schemas.EpochKey;
import sluice.schemas.topic.Topic;

/** Makes keys of epochs ahead of their time. Any number of processes may do so at once. */
public final class EpochKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpochKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final int LOOKS_PER_EPOCH = 20;

    private final EpochKeys keys;
    private final Topic<EpochKey> topic;
    private final Sealing sealing;
    private final Duration length;
    private final InstantSource clock;
    private final Producer<String, EpochKey> producer;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService looks = background("epoch-keeper");

    private EpochKeeper(
            EpochKeys keys,
            Topic<EpochKey> topic,
            KafkaProperties kafka,
            Sealing sealing,
            Duration length,
            InstantSource clock) {
        this.keys = keys;
        this.topic = topic;
        this.sealing = sealing;
        this.length = length;
        this.clock = clock;
        this.producer = new KafkaProducer<>(
                kafka.producer(), new StringSerializer(), topic.value().serializer());
    }

    /**
     * Makes a key for now if there is none, and goes on looking.
     *
     * @param length of an epoch
     * @throws IllegalStateException if no key can be made
     */
    public static EpochKeeper start(
            EpochKeys keys,
            Topic<EpochKey> topic,
            KafkaProperties kafka,
            Sealing sealing,
            Duration length,
            InstantSource clock)
            throws InterruptedException {
        var keeper = new EpochKeeper(keys, topic, kafka, sealing, length, clock);
        try {
            keeper.make();
        } catch (ExecutionException e) {
            keeper.close();
            throw new IllegalStateException("No key of an epoch can be made", e.getCause());
        }
        var between = between(length).toMillis();
        keeper.looks.scheduleWithFixedDelay(keeper::look, between, between, TimeUnit.MILLISECONDS);
        return keeper;
    }

    static ScheduledExecutorService background(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Time between two looks. */
    static Duration between(Duration length) {
        var often = length.dividedBy(LOOKS_PER_EPOCH);
        return often.compareTo(LOOK) < 0 ? often : LOOK;
    }

    private void look() {
        try {
            make();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.warn("No key of an epoch can be made now, which is tried again", e);
        }
    }

    private void make() throws ExecutionException, InterruptedException {
        var wanted = keys.live().wanted(clock.instant().truncatedTo(ChronoUnit.MILLIS), length);
        if (wanted.isPresent()) make(wanted.get());
    }

    private void make(Epoch epoch) throws ExecutionException, InterruptedException {
        var name = UUID.randomUUID().toString();
        var key = new byte[PersonalSeal.KEY_BYTES];
        random.nextBytes(key);
        var sealed = ByteBuffer.wrap(sealing.seal(key, EpochKeys.SEALED_FOR, name));
        put(name, new EpochKey(epoch.from(), epoch.to(), sealed));
        LOG.info("There is a key for {} to {}", epoch.from(), epoch.to());
    }

    /** Removes a key. */
    void remove(String name) throws ExecutionException, InterruptedException {
        put(name, null);
    }

    private void put(String name, @Nullable EpochKey key) throws ExecutionException, InterruptedException {
        var sent =
                producer.send(new ProducerRecord<>(topic.name(), 0, name, key)).get();
        keys.awaitRead(sent.offset() + 1);
    }

    @Override
    public void close() {
        looks.shutdownNow();
        producer.close(Duration.ofSeconds(2));
    }
}
