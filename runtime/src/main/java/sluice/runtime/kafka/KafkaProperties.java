package sluice.runtime.kafka;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import sluice.runtime.NodeSettings;
import sluice.runtime.NodeSettings.Guarantee;
import sluice.schemas.topic.TopicCreation;

/** Settings of every Kafka client in Sluice, in one place. The figures behind them are in docs/adr/0003-streams.md. */
public final class KafkaProperties {
    /** A stream thread commits only after its poll returns, so the poll must be short where the commit is the answer. */
    private static final int EXACTLY_ONCE_COMMIT_MILLIS = 10;

    private static final int EXACTLY_ONCE_POLL_MILLIS = 2;
    private static final int AT_LEAST_ONCE_COMMIT_MILLIS = 1000;

    /** What nobody waits for may be this late: it comes together then, and takes no time from a call on its way. */
    private static final int UNHURRIED_MILLIS = 200;

    private static final int UNHURRIED_BYTES = 64 << 10;
    private static final int UNHURRIED_LINGER_MILLIS = 50;

    /** An event takes a tenth of what it takes on its way: every fourth thread is enough, and one that waits costs too. */
    private static final int UNHURRIED_SHARE = 4;

    /** For the stores that ask for it, {@link Flow#cachedStore}. */
    private static final long UNHURRIED_CACHE_BYTES = 8L << 20;

    /** What is there needs no waiting for, and a consumer closes only after the broker has answered its last fetch. */
    private static final int READER_WAIT_MILLIS = 20;

    /** A broker that has gone silent without closing its connections is given up after that, and its successor found. */
    private static final int REQUEST_MILLIS = 10_000;

    /** An answer that is held up, as while a broker's death is noticed, must not use up the time-out. */
    private static final int HEARTBEATS_A_SESSION = 8;

    /**
     * The first record of an event goes at once, the others with the second request; what comes while both are on their
     * way goes together. With five, as is the default, a busy broker gets requests of a record or two.
     */
    private static final int REQUESTS_IN_FLIGHT = 2;

    /** A user's record is some kilobytes: in batches of the default size a broker would get five at a time. */
    private static final int BATCH_BYTES = 128 << 10;

    private final NodeSettings settings;

    public KafkaProperties(NodeSettings settings) {
        this.settings = settings;
    }

    /** For every client. */
    public Properties client() {
        var properties = new Properties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.putAll(settings.kafkaSecurity().settings());
        return properties;
    }

    /** For a producer of events: nothing counts before all replicas have it, and it is sent at once. */
    public Properties producer() {
        var properties = client();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        return properties;
    }

    /** For a consumer that follows a partition by itself, in no group. */
    public Properties follower() {
        var properties = client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }

    /** For a follower of what may be late. */
    public Properties unhurriedFollower() {
        return unhurriedConsumer(follower());
    }

    /** For a {@link #member} that reads what may be late. */
    public Properties unhurriedMember(String groupId) {
        return unhurriedConsumer(member(groupId));
    }

    /** Beside the way of a call it takes the processor, and the broker, from those that are on it: some at a time. */
    private static Properties unhurriedConsumer(Properties consumer) {
        consumer.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, UNHURRIED_BYTES);
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, UNHURRIED_MILLIS);
        return consumer;
    }

    /**
     * The settings of a Streams service whose outcomes may be late.
     *
     * @param streams as {@link #streams} gave them; changed
     */
    public static Properties unhurried(Properties streams) {
        streams.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), UNHURRIED_BYTES);
        streams.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), UNHURRIED_MILLIS);
        streams.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), UNHURRIED_LINGER_MILLIS);
        streams.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, UNHURRIED_CACHE_BYTES);
        streams.computeIfPresent(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                (name, threads) -> Math.max(1, (int) threads / UNHURRIED_SHARE));
        return streams;
    }

    /** For a consumer that reads many records of what is there, in no group, and leaves nothing behind. */
    public Properties reader() {
        var properties = follower();
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, READER_WAIT_MILLIS);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        return properties;
    }

    /**
     * For a consumer that shares partitions with others of its group, and commits when it has done its work.
     *
     * @param groupId the group
     */
    public Properties member(String groupId) {
        var properties = follower();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout()
                        .dividedBy(HEARTBEATS_A_SESSION)
                        .toMillis()));
        return properties;
    }

    /**
     * For a Streams service.
     *
     * @param applicationId its group, and what its changelogs' names start with
     * @param memberId this instance's name in the group, the same after a restart
     * @param stateFolder of this instance alone
     * @param deadLetters topic for records that can't be read
     */
    public Properties streams(String applicationId, String memberId, Path stateFolder, String deadLetters) {
        var properties = client();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.streamThreads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        if (settings.replicationFactor() >= TopicCreation.REPLICAS_WITH_TWO_IN_SYNC) {
            properties.put(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), "2");
        }
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters);
        properties.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, UsePartitionTimeOnInvalidTimestamp.class);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), REQUESTS_IN_FLIGHT);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG), "all");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG), true);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), memberId);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(settings.sessionTimeout()
                        .dividedBy(HEARTBEATS_A_SESSION)
                        .toMillis()));
        if (settings.guarantee() == Guarantee.EXACTLY_ONCE) {
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, EXACTLY_ONCE_COMMIT_MILLIS);
            properties.put(StreamsConfig.POLL_MS_CONFIG, EXACTLY_ONCE_POLL_MILLIS);
        } else {
            properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, AT_LEAST_ONCE_COMMIT_MILLIS);
        }
        return properties;
    }
}
