package sluice.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.deploy.replay.OutcomeRecord;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogReader;
import sluice.schemas.topic.Topic;

/** Writes one topic's records of a time to files, partition after partition. */
final class Export {
    private static final Logger LOG = LoggerFactory.getLogger(Export.class);
    private static final int ID_BYTES = 16;

    private final KafkaProperties kafka;
    private final Topic<?> topic;
    private final Columns columns;
    private final Wanted wanted;

    /**
     * Which records.
     *
     * @param from their earliest event time; empty: the log's
     * @param to excluded; empty: the log's end
     * @param tenantId whose; empty: everybody's
     * @param isDistinct whether of several with one eventId the first alone is taken
     */
    record Wanted(Optional<Instant> from, Optional<Instant> to, Optional<String> tenantId, boolean isDistinct) {
        boolean has(Instant at) {
            return from.map(first -> !at.isBefore(first)).orElse(true)
                    && to.map(end -> at.isBefore(end)).orElse(true);
        }
    }

    /**
     * What was written.
     *
     * @param repeated records that were left out since they had come before
     * @param unreadable records that are none of the topic's
     */
    record Done(long rows, long repeated, long unreadable, List<Path> files) {}

    Export(KafkaProperties kafka, Topic<?> topic, Wanted wanted) {
        this.kafka = kafka;
        this.topic = topic;
        this.columns = new Columns(topic.value().schema());
        this.wanted = wanted;
    }

    /** Runs. What was received late may be written late: the log is read to its end. */
    Done run(Path folder, LogReader.Progress progress) throws IOException {
        try (var files = new DayFiles(folder, columns.schema())) {
            var writing = new Writing(files);
            for (var partition = 0; partition < topic.partitions(); partition++) {
                read(partition, writing, progress);
            }
            return new Done(writing.rows, writing.repeated, writing.unreadable, files.finish());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(int number, Writing writing, LogReader.Progress progress) {
        var seen = new HashSet<BigInteger>();
        var partition = List.of(new TopicPartition(topic.name(), number));
        try (var log = new LogReader(kafka, partition, wanted.from(), Optional.empty())) {
            log.forEach(
                    read -> writing.take(read, seen),
                    (more, share) -> progress.read(more, (number + share) / topic.partitions()));
        }
    }

    /** What becomes of the records. */
    private final class Writing {
        private final DayFiles files;
        private long rows;
        private long repeated;
        private long unreadable;

        private Writing(DayFiles files) {
            this.files = files;
        }

        private void take(ConsumerRecord<byte[], byte[]> read, Set<BigInteger> seen) {
            if (read.value() == null) return;
            Optional<OutcomeRecord> outcome = opened(read);
            if (outcome.isEmpty()) {
                unreadable++;
                return;
            }
            if (!isWanted(outcome.get())) return;
            if (wanted.isDistinct() && !seen.add(id(outcome.get().eventId()))) {
                repeated++;
                return;
            }
            write(read, outcome.get());
        }

        private void write(ConsumerRecord<byte[], byte[]> read, OutcomeRecord outcome) {
            try {
                files.add(outcome.at(), columns.row(read.partition(), read.offset(), outcome.value()));
                rows++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean isWanted(OutcomeRecord outcome) {
        return wanted.has(outcome.at())
                && wanted.tenantId()
                        .map(id -> id.equals(tenantOf(outcome.value())))
                        .orElse(true);
    }

    private static String tenantOf(SpecificRecord value) {
        return String.valueOf(value.get(value.getSchema().getField("tenantId").pos()));
    }

    private Optional<OutcomeRecord> opened(ConsumerRecord<byte[], byte[]> read) {
        try {
            return Optional.of(OutcomeRecord.of(topic.value().fromBytes(read.value())));
        } catch (RuntimeException e) {
            LOG.debug("Record {} of {} can't be read", read.offset(), read.topic(), e);
            return Optional.empty();
        }
    }

    /** As much of an id as tells it from all others: there may be millions. */
    private static BigInteger id(String eventId) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(UTF_8));
            return new BigInteger(1, hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
