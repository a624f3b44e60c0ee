package sluice.runtime.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.kafka.KafkaProperties;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.schemas.wire.ReleasedSchemas.Release;
import sluice.schemas.wire.SchemaIds;
import sluice.schemas.wire.SchemaUnavailableException;
import sluice.schemas.wire.UnknownSchemaException;

/**
 * The schemas of this build, and those that processes of other builds have told on the installation's topic of schemas
 * before they wrote with them (ADR 31): so an older process reads what a newer one writes. Looked up at the first record
 * of an id that this build lacks; thread-safe.
 */
public final class LoggedSchemas implements SchemaIds, AutoCloseable {
    /**
     * For so long a look holds: an id that it did not find is taken for made up, so that a flood of those makes one look
     * in that time.
     */
    static final Duration LOOK_HOLDS = Duration.ofMillis(50);

    /**
     * Between the end of a process's look at its start and its first record: then no look holds any more, of any process,
     * from before the schemas were there that it writes with.
     */
    static final Duration QUIET = LOOK_HOLDS.multipliedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(LoggedSchemas.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final String topic;
    private final ReleasedSchemas own;
    private final SchemaLog log;
    private final LongSupplier clock;
    private final ToldSchemas told;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Optional<Long> looked = Optional.empty();
    private volatile Optional<Long> allTold = Optional.empty();
    private volatile boolean closed;

    /**
     * For one installation; connects to nothing yet.
     *
     * @param topic full name of its topic of schemas
     */
    public LoggedSchemas(String topic, ReleasedSchemas own, KafkaProperties kafka) {
        this(topic, own, new SchemaTopic(topic, kafka), System::nanoTime);
    }

    /** @param clock nanoseconds since any moment */
    LoggedSchemas(String topic, ReleasedSchemas own, SchemaLog log, LongSupplier clock) {
        this.topic = topic;
        this.own = own;
        this.told = new ToldSchemas(topic, own);
        this.log = log;
        this.clock = clock;
    }

    /**
     * Tells the schemas of this build that nobody has told, for a process that writes; {@link #awaitQuiet} must come
     * before its first record.
     *
     * @throws IllegalStateException if another build has told other schemas under ids of this one, or the topic can't be
     *     read or written
     */
    public void tell() throws InterruptedException {
        try {
            readAtStart();
            told.refuseOthers();
            var missing = told.missing();
            if (!missing.isEmpty()) tell(missing);
            allTold = Optional.of(clock.getAsLong());
        } catch (KafkaException e) {
            close();
            throw new IllegalStateException("The schemas on the topic %s can't be read or told".formatted(topic), e);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Of several that tell at once the first on the log counts, so all is read back. */
    private void tell(Map<Integer, String> missing) throws InterruptedException {
        log.append(missing);
        var deadline = clock.getAsLong() + START_PATIENCE.toNanos();
        readAtStart();
        while (!told.missing().isEmpty()) { // the consumer's broker may not have heard of the topic yet
            if (clock.getAsLong() > deadline) throw new KafkaException(topic + " does not give what was written");
            TimeUnit.NANOSECONDS.sleep(LOOK_HOLDS.toNanos());
            readAtStart();
        }
        told.refuseOthers();
        LOG.info("Told {} schemas on {}", missing.size(), topic);
    }

    private void readAtStart() throws InterruptedException {
        var deadline = clock.getAsLong() + START_PATIENCE.toNanos();
        while (true) {
            try {
                readOn();
                return;
            } catch (RetriableException e) {
                if (clock.getAsLong() > deadline) throw e;
                TimeUnit.NANOSECONDS.sleep(ASK_AGAIN.toNanos());
            }
        }
    }

    /** Returns when it is long enough ago that all this build's schemas were seen on the topic. */
    public void awaitQuiet() throws InterruptedException {
        var since = clock.getAsLong() - allTold.orElseThrow();
        TimeUnit.NANOSECONDS.sleep(QUIET.toNanos() - since);
    }

    @Override
    public int idOf(Schema schema) {
        return own.idOf(schema);
    }

    @Override
    public Schema schemaOf(int id, String record) {
        return known(id)
                .or(() -> found(id))
                .orElseThrow(() -> new UnknownSchemaException(
                        "Neither this build nor " + topic + " has a schema of the id " + id));
    }

    private Optional<Schema> known(int id) {
        return own.find(id).or(() -> told.find(id));
    }

    /**
     * What is known of an id after one look, for who can ask again.
     *
     * @throws SchemaUnavailableException if the broker does not answer
     */
    public Optional<Schema> lookUp(int id) throws InterruptedException {
        var known = known(id);
        if (known.isPresent()) return known;
        if (!looking.tryLock(LOOK_HOLDS.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SchemaUnavailableException(topic + " is being waited for");
        }
        try {
            if (!holds(clock.getAsLong())) readOn();
            return known(id);
        } catch (KafkaException e) {
            throw new SchemaUnavailableException(topic + " can't be read now: " + e);
        } finally {
            looking.unlock();
        }
    }

    private Optional<Schema> found(int id) {
        var asked = clock.getAsLong();
        waiting.incrementAndGet();
        looking.lock();
        try {
            if (!holds(asked)) look();
            return known(id);
        } finally {
            looking.unlock();
            waiting.decrementAndGet();
        }
    }

    private boolean holds(long asked) {
        return looked.filter(at -> asked - at < LOOK_HOLDS.toNanos()).isPresent();
    }

    /** Waits for a broker that does not answer: to give up would skip a record that may be sound. */
    private void look() {
        while (true) {
            try {
                readOn();
                return;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                if (closed) throw new SchemaUnavailableException(topic + " is not read any more");
                LOG.warn("A record of an unknown schema waits for {}: {}", topic, e.toString());
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    private void readOn() {
        var begun = clock.getAsLong();
        log.forEachNew(told::take);
        looked = Optional.of(begun);
    }

    /** Whether no record waits for the topic. */
    public boolean isReady() {
        return waiting.get() == 0;
    }

    /** Those of this build. */
    @Override
    public List<Release> releases() {
        return own.releases();
    }

    @Override
    public void close() {
        closed = true;
        log.close();
    }
}
