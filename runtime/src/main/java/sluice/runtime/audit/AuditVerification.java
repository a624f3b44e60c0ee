package sluice.runtime.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.audit.domain.Chain;
import sluice.runtime.audit.domain.Checking;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogReader;
import sluice.schemas.AuditCheckpoint;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** Checks the sealed topics against the checkpoints. Reads only. */
public final class AuditVerification {
    private static final Logger LOG = LoggerFactory.getLogger(AuditVerification.class);

    private final Topics topics;
    private final KafkaProperties kafka;
    private final Collection<String> publicKeys;
    private final Function<Topic<?>, String> place;

    /**
     * Prepares.
     *
     * @param publicKeys whose signatures count, in lower-case hexadecimal
     * @param place where a topic's records are, by name: the topic itself, or a copy of it
     */
    public AuditVerification(
            Topics topics, KafkaProperties kafka, Collection<String> publicKeys, Function<Topic<?>, String> place) {
        this.topics = topics;
        this.kafka = kafka;
        this.publicKeys = List.copyOf(publicKeys);
        this.place = place;
    }

    /**
     * A partition's result.
     *
     * @param topic its name without the prefix
     * @param head the last checkpoint: who notes it elsewhere can tell later that nothing was taken back
     */
    public record OfPartition(String topic, int partition, Optional<Chain> head, Checking.Result result) {}

    /**
     * Of the whole log.
     *
     * @param unsigned checkpoints that none of the keys has signed
     */
    public record Report(List<OfPartition> partitions, long unsigned) {
        public Report {
            partitions = List.copyOf(partitions);
        }

        /** Whether nothing gives rise to doubt. */
        public boolean isSound() {
            return unsigned == 0
                    && partitions.stream().allMatch(each -> each.result().isSound());
        }
    }

    /** Runs. The checkpoints are read first, so that the log has all that they say. */
    public Report run(LogReader.Progress progress) {
        var checkpoints = new Signed();
        try (var log = new LogReader(
                kafka, List.of(new TopicPartition(topics.audit.name(), 0)), Optional.empty(), Optional.empty())) {
            log.forEach(
                    read -> checkpoints.add(read.value() == null ? new byte[0] : read.value()),
                    (more, share) -> progress.read(more, 0));
        }
        var all = topics.sealed().stream()
                .flatMap(topic ->
                        IntStream.range(0, topic.partitions()).mapToObj(partition -> new Part(topic, partition)))
                .toList();
        var results = new ArrayList<OfPartition>();
        for (var i = 0; i < all.size(); i++) {
            var done = i;
            results.add(
                    all.get(i).check(checkpoints, (more, share) -> progress.read(more, (done + share) / all.size())));
        }
        return new Report(results, checkpoints.unsigned);
    }

    /** The checkpoints whose signatures are good, by chain. */
    private final class Signed {
        private final Map<String, Map<Long, List<Chain>>> byPartition = new HashMap<>();
        private long unsigned;

        private void add(byte[] bytes) {
            try {
                var read = topics.audit.value().fromBytes(bytes);
                Checkpoints.opened(read, publicKeys).ifPresentOrElse(chain -> add(read, chain), () -> unsigned++);
            } catch (RuntimeException e) {
                LOG.debug("No checkpoint", e);
                unsigned++;
            }
        }

        private void add(AuditCheckpoint read, Chain chain) {
            byPartition
                    .computeIfAbsent(read.getTopic() + "/" + read.getPartition(), any -> new TreeMap<>())
                    .computeIfAbsent(chain.from(), any -> new ArrayList<>())
                    .add(chain);
        }

        private Collection<List<Chain>> of(String topic, int partition) {
            return byPartition.getOrDefault(topic + "/" + partition, Map.of()).values();
        }
    }

    private final class Part {
        private final Topic<?> topic;
        private final int partition;

        private Part(Topic<?> topic, int partition) {
            this.topic = topic;
            this.partition = partition;
        }

        private OfPartition check(Signed signed, LogReader.Progress progress) {
            var name = topic.name().substring(topics.prefix().length());
            var chains = signed.of(name, partition);
            var from = new TopicPartition(place.apply(topic), partition);
            try (var log = new LogReader(kafka, List.of(from), Optional.empty(), Optional.empty())) {
                var checkings = chains.stream()
                        .map(chain -> new Checking(name, partition, chain, log.beginning(from)))
                        .toList();
                var records = new long[1];
                log.forEach(
                        read -> {
                            records[0]++;
                            checkings.forEach(checking -> checking.take(Checkpoints.link(read)));
                        },
                        progress);
                var results = checkings.stream()
                        .map(checking -> checking.finished(log.end(from)))
                        .toList();
                return new OfPartition(name, partition, head(chains), merged(results, records[0], log.beginning(from)));
            }
        }

        private Optional<Chain> head(Collection<List<Chain>> chains) {
            return chains.stream().flatMap(List::stream).max(Comparator.comparing(Chain::to));
        }

        /** One chain is the rule; a second begins where the group's memory was lost and the log's beginning was cut. */
        private Checking.Result merged(List<Checking.Result> results, long records, long beginning) {
            var findings = results.stream()
                    .flatMap(result -> result.findings().stream())
                    .collect(Collectors.toCollection(ArrayList::new));
            if (beginning > 0 && topic.equals(topics.configuration)) {
                findings.add(new Checking.Finding("the beginning of what is kept for ever is missing", 0, beginning));
            }
            var verified =
                    results.stream().mapToLong(Checking.Result::verified).max().orElse(0);
            var unsealed =
                    results.stream().mapToLong(Checking.Result::unsealed).min().orElse(records);
            var unverifiable = results.stream()
                    .mapToLong(Checking.Result::unverifiable)
                    .min()
                    .orElse(0);
            return new Checking.Result(verified, unsealed, unverifiable, findings);
        }
    }
}
