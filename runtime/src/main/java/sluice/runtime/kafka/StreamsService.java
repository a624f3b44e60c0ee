package sluice.runtime.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.Node;
import sluice.runtime.query.Ownership;
import sluice.runtime.query.OwnershipLog;

/** A topology that runs in this process: its state's place, its ownership, its stores for queries. */
public final class StreamsService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
    private static final Duration STOP = Duration.ofSeconds(10);

    /** A fault that stays would otherwise end threads as fast as they start. */
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final Node node;
    private final String name;
    private final Slot slot;
    private final OwnershipLog ownership;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;

    /**
     * Prepares; {@link #start} runs it.
     *
     * @param name the service's, such as rules-processor
     * @param inputs topics that its state is a fold of
     * @param topology made from the Streams settings and the ownership to tell
     * @throws IOException if the data directory can't be written
     */
    public StreamsService(
            Node node, String name, List<String> inputs, BiFunction<Properties, Ownership, Topology> topology)
            throws IOException {
        this.node = node;
        this.name = name;
        this.slot = Slot.take(node.settings().dataDirectory(), name);
        var applicationId = node.topics().prefix() + name;
        this.ownership = new OwnershipLog(
                name,
                node.endpointUrl(),
                inputs,
                applicationId,
                node.admin(),
                node.topics().owners,
                node.kafka(),
                node.settings().sessionTimeout());
        var properties = node.kafka()
                .streams(
                        applicationId,
                        slot.memberId(),
                        slot.folder(),
                        node.topics().deadLetters());
        this.streams = new KafkaStreams(topology.apply(properties, ownership), properties);
        streams.setUncaughtExceptionHandler(this::ended);
        var restoring = new RestoreProgress(name, System::nanoTime);
        streams.setGlobalStateRestoreListener(restoring);
        node.health().restores(name, restoring::stores);
        Gauge.builder("sluice.restore.records.left", restoring, RestoreProgress::recordsLeft)
                .tag("service", name)
                .register(node.meters());
        this.metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(node.meters());
        node.health().needs(name, () -> streams.state() == KafkaStreams.State.RUNNING);
    }

    private StreamThreadExceptionResponse ended(Throwable fault) {
        if (Unrecoverable.is(fault)) {
            LOG.error("A stream thread of {} ended, and so does the process", name, fault);
            node.fail("%s can't go on here, its state in %s can't be kept: %s"
                    .formatted(name, slot.folder(), Unrecoverable.root(fault)));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("A stream thread of {} ended, another takes its place", name, fault);
        LockSupport.parkNanos(BACK_OFF.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    public void start() {
        streams.start();
    }

    /** Who may answer for which partition. */
    public OwnershipLog ownership() {
        return ownership;
    }

    /**
     * A partition of a store, to read.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if it is not here, or not yet
     */
    public <K, V> ReadOnlyKeyValueStore<K, V> store(String store, int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<K, V>keyValueStore())
                .withPartition(partition));
    }

    /**
     * Stops several at once: each has threads, a group and a producer of its own to wait for.
     *
     * @throws IOException of the first that can't let go of its state's folder
     */
    public static void closeAll(StreamsService... services) throws IOException {
        var closing = Arrays.stream(services)
                .map(each -> CompletableFuture.runAsync(each::closeUnchecked, StreamsService::inAThread))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(closing).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException cause) throw cause.getCause();
            throw e;
        }
    }

    private static void inAThread(Runnable closing) {
        new Thread(closing, "close").start();
    }

    private void closeUnchecked() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        metrics.close();
        // leaving the group at once spares the others the wait for the session to time out
        streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(STOP));
        ownership.close();
        slot.close();
    }
}
