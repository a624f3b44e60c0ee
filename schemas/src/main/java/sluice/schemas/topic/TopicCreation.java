package sluice.schemas.topic;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing. Any number of processes may do so at once; existing topics are left alone. */
public final class TopicCreation {
    /** Copies from which on two must have a record before it counts: then the loss of any one broker loses nothing. */
    public static final int REPLICAS_WITH_TWO_IN_SYNC = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final Admin admin;
    private final short replicationFactor;

    /**
     * Prepares for a cluster.
     *
     * @param replicationFactor copies of each partition; from 3 on, two of them must have a record before it counts
     */
    public TopicCreation(Admin admin, int replicationFactor) {
        this.admin = admin;
        this.replicationFactor = (short) replicationFactor;
    }

    /**
     * Creates what is missing, once there are brokers enough for its copies, and checks what is there. Where nothing is
     * missing, it asks for no more than to describe the topics.
     *
     * @throws IllegalStateException if a topic is there with another number of partitions: keys would be looked for on
     *     the wrong owner; or if one is missing and may not be created
     * @throws TimeoutException if the broker does not answer
     */
    public void createMissing(Topics topics) throws InterruptedException, TimeoutException {
        var wanted = new ArrayList<NewTopic>();
        topics.all().forEach(topic -> wanted.add(newTopic(topic.name(), topic.partitions(), topic.settings())));
        wanted.add(newTopic(topics.deadLetters(), 1, topics.deadLetterSettings()));
        wanted.add(newTopic(topics.schemas(), 1, topics.schemaSettings()));
        var found = found(wanted.stream().map(NewTopic::name).toList());
        wanted.removeIf(topic -> found.contains(topic.name()));
        create(wanted);
        checkPartitions(topics);
    }

    /** Brokers that start together are not all there at once: until there are as many as copies are wanted, it waits. */
    private void create(List<NewTopic> wanted) throws InterruptedException, TimeoutException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var missing = wanted;
        while (!missing.isEmpty()) {
            var isLast = System.nanoTime() > deadline;
            var tooEarly = new ArrayList<NewTopic>();
            var created = admin.createTopics(missing).values();
            for (var topic : missing) {
                var answer = requireNonNull(created.get(topic.name()));
                if (!isCreated(topic.name(), answer, isLast)) tooEarly.add(topic);
            }
            missing = tooEarly;
            if (!missing.isEmpty()) Thread.sleep(ASK_AGAIN.toMillis());
        }
    }

    /** Whether it is there now; false: there are too few brokers yet. */
    private static boolean isCreated(String topic, KafkaFuture<Void> created, boolean isLast)
            throws InterruptedException, TimeoutException {
        try {
            created.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) return true;
            if (e.getCause() instanceof InvalidReplicationFactorException && !isLast) return false;
            if (!(e.getCause() instanceof AuthorizationException)) throw failed("create " + topic, e);
            throw new IllegalStateException(
                    "The topic %s is missing, and this process may not create it: run ./sluice create-topics with a login that may"
                            .formatted(topic),
                    e);
        }
    }

    private Set<String> found(List<String> wanted) throws InterruptedException, TimeoutException {
        var found = new HashSet<String>();
        for (var topic : admin.describeTopics(wanted).topicNameValues().entrySet()) {
            try {
                topic.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                found.add(topic.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("describe the topic " + topic.getKey(), e);
                }
            }
        }
        return found;
    }

    private NewTopic newTopic(String name, int partitions, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        if (replicationFactor >= REPLICAS_WITH_TWO_IN_SYNC) all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        return new NewTopic(name, partitions, replicationFactor).configs(all);
    }

    private void checkPartitions(Topics topics) throws InterruptedException, TimeoutException {
        var expected = topics.all().stream().collect(Collectors.toMap(Topic::name, Topic::partitions));
        expected.put(topics.schemas(), 1);
        describe(expected.keySet()).forEach((name, found) -> {
            var partitions = found.partitions().size();
            if (!Integer.valueOf(partitions).equals(expected.get(name))) {
                throw new IllegalStateException(
                        "The topic %s has %d partitions where %d are expected; the number can't change once there is data"
                                .formatted(name, partitions, expected.get(name)));
            }
        });
    }

    /** A broker hears of a topic some milliseconds after it was created, so an unknown one is asked for again. */
    private Map<String, TopicDescription> describe(Set<String> names) throws InterruptedException, TimeoutException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                var isYoung = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!isYoung || System.nanoTime() > deadline) throw failed("describe the topics", e);
                Thread.sleep(ASK_AGAIN.toMillis());
            }
        }
    }

    private static IllegalStateException failed(String what, ExecutionException e) {
        return new IllegalStateException("Can't " + what, e.getCause());
    }
}
