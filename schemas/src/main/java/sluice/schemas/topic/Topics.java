package sluice.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serializer;
import sluice.schemas.AuditCheckpoint;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.Decision;
import sluice.schemas.EpochKey;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.Owner;
import sluice.schemas.Reply;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalObservation;
import sluice.schemas.TrackEvent;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.Verification;
import sluice.schemas.VerifyEvent;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * The topic catalogue. All topics of users are keyed tenantId/userId and have the same number of partitions, so one
 * user's records are in one partition of each, on one owner. {@code docs/topics.md} describes each for its readers.
 */
public final class Topics {
    /** Header of an event: the partition of {@link #replies} that its publisher reads, in decimal; the reply's key. */
    public static final String REPLY_PARTITION = "reply-partition";

    /** Header of an event: its eventId, so that the reply finds the request even where an earlier event's decision is given again. */
    public static final String EVENT_ID = "event-id";

    /** The name of {@link #schemas} behind the prefix. */
    public static final String SCHEMAS = "schemas";

    /** More partitions than ingress instances, so that two rarely share one. */
    private static final int REPLY_PARTITIONS = 16;

    private static final Duration REPLY_RETENTION = Duration.ofHours(1);
    private static final Map<String, String> FOREVER = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    private static final Map<String, String> SHORT_LIVED = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, String.valueOf(REPLY_RETENTION.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG,
                    String.valueOf(REPLY_RETENTION.dividedBy(4).toMillis()));
    private static final Map<String, String> NEWEST_PER_KEY =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    /** Longer than the longest window of a signal. */
    private static final Duration SIGNAL_RETENTION = Duration.ofDays(2);

    /** What lies in a segment that is still written can't leave. */
    private static final Duration SIGNAL_SEGMENT = Duration.ofHours(1);

    private static final Map<String, String> DAYS = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, String.valueOf(SIGNAL_RETENTION.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(SIGNAL_SEGMENT.toMillis()));
    private static final Map<String, String> NEWEST_PER_KEY_FOR_DAYS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, String.valueOf(SIGNAL_RETENTION.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(SIGNAL_SEGMENT.toMillis()));

    /** Within hours of its removal a key is on no disk any more. */
    private static final Duration KEY_COMPACTION_LAG = Duration.ofHours(1);

    private static final Map<String, String> KEYS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(KEY_COMPACTION_LAG.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(KEY_COMPACTION_LAG.toMillis()));

    private final String prefix;
    private final int partitions;
    private final Duration retention;
    private final SchemaIds ids;
    private final SchemaIds publishedIds;
    private final Optional<Serializer<Object>> serializer;
    private final Map<String, String> kept;

    public final Topic<TrackEvent> trackEvents;
    public final Topic<VerifyEvent> verifyEvents;
    public final Topic<UserCommand> userCommands;
    public final Topic<Decision> decisions;
    public final Topic<Verification> verifications;
    public final Topic<UserChange> userChanges;
    public final Topic<ChallengeTransition> challengeTransitions;
    public final Topic<Reply> replies;
    public final Topic<ConfigurationChange> configuration;
    public final Topic<EpochKey> epochKeys;
    public final Topic<Owner> owners;
    public final Topic<SignalObservation> signalObservations;
    public final Topic<SignalCounts> signals;
    public final Topic<AuditCheckpoint> audit;
    public final Topic<OutcomeAggregate> aggregates;

    /**
     * The catalogue for one installation.
     *
     * @param prefix what every topic's name starts with, such as {@code sluice.}
     * @param partitions of every topic of users; never changes once there is data
     * @param retention of events and outcomes
     * @param ids of all schemas
     */
    public Topics(String prefix, int partitions, Duration retention, SchemaIds ids) {
        this(prefix, partitions, retention, ids, ids, Optional.empty());
    }

    private Topics(
            String prefix,
            int partitions,
            Duration retention,
            SchemaIds ids,
            SchemaIds publishedIds,
            Optional<Serializer<Object>> serializer) {
        this.prefix = prefix;
        this.partitions = partitions;
        this.retention = retention;
        this.ids = ids;
        this.publishedIds = publishedIds;
        this.serializer = serializer;
        this.kept = Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()));
        trackEvents = ofUsers("track-events", kept, TrackEvent.class);
        verifyEvents = ofUsers("verify-events", kept, VerifyEvent.class);
        userCommands = ofUsers("user-commands", kept, UserCommand.class);
        decisions = ofUsers("decisions", kept, Decision.class);
        verifications = ofUsers("verifications", kept, Verification.class);
        userChanges = ofUsers("user-changes", kept, UserChange.class);
        challengeTransitions = ofUsers("challenge-transitions", kept, ChallengeTransition.class);
        replies = topic("replies", REPLY_PARTITIONS, SHORT_LIVED, Reply.class);
        configuration = topic("configuration", 1, FOREVER, ConfigurationChange.class);
        epochKeys = topic("epoch-keys", 1, KEYS, EpochKey.class);
        owners = topic("owners", 1, NEWEST_PER_KEY, Owner.class);
        signalObservations = topic("signal-observations", partitions, DAYS, SignalObservation.class);
        signals = topic("signals", partitions, NEWEST_PER_KEY_FOR_DAYS, SignalCounts.class);
        audit = topic("audit", 1, kept, AuditCheckpoint.class);
        aggregates = topic("aggregates", partitions, newestPerKey(retention), OutcomeAggregate.class);
    }

    /** How long events and outcomes are kept. */
    public Duration retention() {
        return retention;
    }

    private static Map<String, String> newestPerKey(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(retention.toMillis()));
    }

    private <V extends SpecificRecord> Topic<V> ofUsers(String name, Map<String, String> settings, Class<V> type) {
        return topic(name, partitions, settings, type);
    }

    private <V extends SpecificRecord> Topic<V> topic(
            String name, int partitions, Map<String, String> settings, Class<V> type) {
        return new Topic<>(prefix + name, partitions, settings, serde(prefix + name, type));
    }

    private <V extends SpecificRecord> AvroSerde<V> serde(String name, Class<V> type) {
        return serializer
                .map(other -> AvroSerde.writtenWith(other, name, type, publishedIds))
                .orElseGet(() -> new AvroSerde<>(type, publishedIds));
    }

    /**
     * The same catalogue, the records of its topics numbered by somebody else: by a registry.
     *
     * @param other writes them; empty: Sluice does
     */
    public Topics publishedWith(SchemaIds others, Optional<Serializer<Object>> other) {
        return new Topics(prefix, partitions, retention, ids, others, other);
    }

    /** Every topic, in the order of the flow. */
    public List<Topic<?>> all() {
        return List.of(
                configuration,
                epochKeys,
                owners,
                trackEvents,
                verifyEvents,
                userCommands,
                decisions,
                verifications,
                userChanges,
                challengeTransitions,
                replies,
                signalObservations,
                signals,
                audit,
                aggregates);
    }

    /** Those whose records are sealed against tampering (docs/audit.md). */
    public List<Topic<?>> sealed() {
        return List.of(configuration, decisions, verifications, userChanges, challengeTransitions);
    }

    /** What every topic's name starts with. */
    public String prefix() {
        return prefix;
    }

    /** Name of the topic for records that could not be read, as they came. */
    public String deadLetters() {
        return prefix + "dead-letters";
    }

    /** Settings that topic is created with, by Kafka's names. */
    public Map<String, String> deadLetterSettings() {
        return kept;
    }

    /**
     * Name of the topic of the schemas that builds have told (ADR 31). Its records are not in the wire format, whose ids
     * they explain: a key is an id in decimal, a value the schema's text.
     */
    public String schemas() {
        return prefix + SCHEMAS;
    }

    /** Settings that topic is created with, by Kafka's names. Of an id the first record counts, so none may go. */
    public Map<String, String> schemaSettings() {
        return FOREVER;
    }

    /** How many partitions every topic of users has. */
    public int partitions() {
        return partitions;
    }

    /** What numbers the schemas of records that Sluice alone reads: in stores, in sealed fields, in queries. */
    public SchemaIds schemaIds() {
        return ids;
    }

    /** What numbers the schemas of the topics' records. */
    public SchemaIds publishedIds() {
        return publishedIds;
    }
}
