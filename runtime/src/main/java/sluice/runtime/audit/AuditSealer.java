package sluice.runtime.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.Node;
import sluice.runtime.audit.domain.Chain;
import sluice.runtime.seal.SigningKeys;
import sluice.schemas.AuditCheckpoint;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/**
 * Follows the topics that are sealed and appends a signed checkpoint of each partition that has grown, once an interval
 * (ADR 29). Beside every call: nobody waits for it. Instances share the partitions; each goes on from the checkpoint that
 * stands beside the group's offset, and where there is none, from the log's beginning, which makes the same chain again.
 */
public final class AuditSealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RECORDS_A_POLL = 1000;

    private final Topics topics;
    private final SigningKeys keys;
    private final long intervalNanos;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<String, AuditCheckpoint> producer;
    private final Map<TopicPartition, Chain> chains = new HashMap<>();
    private final Map<TopicPartition, Chain> sealed = new HashMap<>();
    private final Thread thread = new Thread(this::run, "audit");
    private long sealedAt = System.nanoTime();
    private volatile boolean isStopped;

    private AuditSealer(Node node) throws IOException {
        this.topics = node.topics();
        this.keys = SigningKeys.open(node.settings().dataDirectory());
        this.intervalNanos = node.settings().auditInterval().toNanos();
        var properties = node.kafka().unhurriedMember(topics.prefix() + "audit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                node.kafka().producer(),
                new StringSerializer(),
                topics.audit.value().serializer());
    }

    /**
     * Starts in a thread of its own.
     *
     * @throws IOException if the keyset can't be read
     */
    public static AuditSealer start(Node node) throws IOException {
        var sealer = new AuditSealer(node);
        sealer.thread.setDaemon(true);
        sealer.thread.start();
        return sealer;
    }

    private void run() {
        try (consumer;
                producer) {
            consumer.subscribe(topics.sealed().stream().map(Topic::name).toList(), new Assignment());
            while (!isStopped) step();
            seal(Set.copyOf(chains.keySet()));
        } catch (WakeupException e) {
            LOG.debug("The sealer was woken to stop");
        } catch (RuntimeException e) {
            LOG.error("Nothing is sealed by this process any more", e);
        }
    }

    /** A fault of the broker passes; what could not be sealed now is sealed later. */
    private void step() {
        try {
            for (var read : consumer.poll(POLL)) {
                chains.computeIfPresent(
                        new TopicPartition(read.topic(), read.partition()),
                        (partition, chain) -> read.offset() < chain.to() ? chain : chain.with(Checkpoints.link(read)));
            }
            if (System.nanoTime() - sealedAt < intervalNanos) return;
            sealedAt = System.nanoTime();
            seal(Set.copyOf(chains.keySet()));
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("What came last could not be sealed yet", e);
        }
    }

    /** The checkpoint counts once the broker has it; only then does the group go on from it. */
    private void seal(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            var chain = chains.get(partition);
            if (chain == null || chain.equals(sealed.get(partition))) continue;
            var checkpoint = Checkpoints.signed(shortName(partition), partition.partition(), chain, keys);
            append(shortName(partition) + "/" + partition.partition(), checkpoint);
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(chain.to(), text(checkpoint))));
            sealed.put(partition, chain);
        }
    }

    private void append(String key, AuditCheckpoint checkpoint) {
        try {
            producer.send(new ProducerRecord<>(topics.audit.name(), key, checkpoint))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("The checkpoint could not be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private String shortName(TopicPartition partition) {
        return partition.topic().substring(topics.prefix().length());
    }

    private String text(AuditCheckpoint checkpoint) {
        return Base64.getEncoder().encodeToString(topics.audit.value().toBytes(checkpoint));
    }

    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            var committed = consumer.committed(Set.copyOf(partitions));
            var beginnings = consumer.beginningOffsets(partitions);
            for (var partition : partitions) {
                var chain = Optional.ofNullable(committed.get(partition))
                        .flatMap(offset -> resumed(partition, offset))
                        .orElseGet(() -> Chain.begun(
                                shortName(partition), partition.partition(), beginnings.getOrDefault(partition, 0L)));
                chains.put(partition, chain);
                if (chain.records() > 0) sealed.put(partition, chain);
                consumer.seek(partition, chain.to());
            }
        }

        /** Empty where what stands beside the offset was not signed here: anybody may have put it there. */
        private Optional<Chain> resumed(TopicPartition partition, OffsetAndMetadata committed) {
            try {
                var checkpoint =
                        topics.audit.value().fromBytes(Base64.getDecoder().decode(committed.metadata()));
                var isOurs = checkpoint.getTopic().equals(shortName(partition))
                        && checkpoint.getPartition() == partition.partition()
                        && checkpoint.getTo() == committed.offset();
                return isOurs ? Checkpoints.opened(checkpoint, keys.publicKeys()) : Optional.empty();
            } catch (RuntimeException e) {
                LOG.warn("What {} was last sealed as can't be read; it is sealed from its beginning", partition, e);
                return Optional.empty();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            seal(partitions);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(chains::remove);
            partitions.forEach(sealed::remove);
        }
    }

    @Override
    public void close() {
        isStopped = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
