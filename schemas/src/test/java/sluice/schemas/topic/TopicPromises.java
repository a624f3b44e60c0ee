package sluice.schemas.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import sluice.schemas.wire.ReleasedSchemas;

/**
 * What is said of each topic beside what the catalogue says: the one source of the table in {@code docs/topics.md} and
 * of the AsyncAPI document.
 *
 * @param name without the prefix
 * @param isPublic whether it is for others to read or write; else they may, and its form is as firm
 * @param key what a record's key is
 * @param writers who writes it
 * @param readers who reads it
 * @param ordering what a reader may take for granted of its records' order
 * @param duplicates what a reader must expect twice
 * @param example a record as one may be on it
 */
record TopicPromises(
        String name,
        boolean isPublic,
        Key key,
        String writers,
        String readers,
        String ordering,
        String duplicates,
        SpecificRecord example) {

    static final Duration RETENTION = Duration.ofDays(365);
    static final int PARTITIONS = 4;
    static final Topics TOPICS = new Topics("sluice.", PARTITIONS, RETENTION, ReleasedSchemas.load());

    /** What a record's key is, in the table and in full. */
    enum Key {
        USER("user", "tenantId/userId, in UTF-8. A tenant id has no slash, so the first slash ends it."),
        SIGNAL("signal", "tenantId/ADDRESS/hash or tenantId/DEVICE/hash: a keyed hash of 22 characters."),
        PIECE("`tenantId/KIND/key`", "tenantId/KIND/key: the piece of configuration that is changed."),
        PARTITION("partition number, decimal", "The reply partition that the event's header named, in decimal."),
        EPOCH("a name of its own", "Unique text; of two records of one time the first on the log counts."),
        OWNED("`service/partition`", "service/partition: whose state it is."),
        SEALED("`topic/partition`", "topic/partition: what is vouched for."),
        COUNTED(
                "what it counts",
                "tenantId/window/start/partition/actionCode/state/reason/ruleId/verificationMethod: what is counted, with"
                        + " start in milliseconds and nothing for what is absent.");

        final String inTable;
        final String inFull;

        Key(String inTable, String inFull) {
            this.inTable = inTable;
            this.inFull = inFull;
        }
    }

    private static final String BY_USER =
            "All records of one user are in one partition, in the order in which they were processed.";
    private static final String AS_WRITTEN =
            "All records of one user are in one partition, in the order in which they were written.";
    private static final String BY_EVENT_ID =
            "At least once. The same outcome has the same eventId, derived from its cause: count by it.";
    private static final String NO_EFFECT = "At least once. A second record with the eventId changes nothing.";
    private static final String NEWEST = "Only the newest record of a key counts.";

    static final List<TopicPromises> ALL = List.of(
            new TopicPromises(
                    "track-events",
                    true,
                    Key.USER,
                    "track-service, platforms",
                    "rules-processor",
                    AS_WRITTEN,
                    NO_EFFECT,
                    Examples.TRACK_EVENT),
            new TopicPromises(
                    "verify-events",
                    false,
                    Key.USER,
                    "track-service",
                    "rules-processor",
                    AS_WRITTEN,
                    NO_EFFECT,
                    Examples.VERIFY_EVENT),
            new TopicPromises(
                    "user-commands",
                    false,
                    Key.USER,
                    "track-service (enrolments, sessions, codes by e-mail, what backends and users change), challenge-service (expiries)",
                    "rules-processor",
                    AS_WRITTEN,
                    NO_EFFECT,
                    Examples.USER_COMMAND),
            new TopicPromises(
                    "decisions",
                    true,
                    Key.USER,
                    "rules-processor",
                    "challenge-service, analysts",
                    BY_USER,
                    BY_EVENT_ID + " An action that is tracked again lately has its first decision again.",
                    Examples.DECISION),
            new TopicPromises(
                    "verifications",
                    true,
                    Key.USER,
                    "rules-processor",
                    "challenge-service, track-service (webhooks, notices), analysts",
                    BY_USER,
                    BY_EVENT_ID,
                    Examples.VERIFICATION),
            new TopicPromises(
                    "user-changes",
                    true,
                    Key.USER,
                    "rules-processor",
                    "challenge-service, track-service (webhooks, notices), analysts",
                    BY_USER,
                    BY_EVENT_ID,
                    Examples.USER_CHANGE),
            new TopicPromises(
                    "challenge-transitions",
                    true,
                    Key.USER,
                    "challenge-service",
                    "track-service (webhooks), analysts: the public outcome topic",
                    BY_USER + " Transitions of one action never go backwards, but for a backend's updates.",
                    BY_EVENT_ID,
                    Examples.CHALLENGE_TRANSITION),
            new TopicPromises(
                    "replies",
                    false,
                    Key.PARTITION,
                    "challenge-service",
                    "the ingress that asked",
                    "None.",
                    "At least once.",
                    Examples.REPLY),
            new TopicPromises(
                    "configuration",
                    false,
                    Key.PIECE,
                    "track-service, `./sluice rotate-token-key`, `rotate-session-key`, `rotate-secret`, `retire-secret`",
                    "every process",
                    "One order. The version is the number of records so far.",
                    "A change counts only if basedOn is the version at which its piece was last changed.",
                    Examples.CONFIGURATION_CHANGE),
            new TopicPromises(
                    "epoch-keys",
                    false,
                    Key.EPOCH,
                    "track-service, rules-processor",
                    "track-service, rules-processor, `./sluice replay`, `backtest`",
                    "One order.",
                    NEWEST,
                    Examples.EPOCH_KEY),
            new TopicPromises(
                    "owners",
                    false,
                    Key.OWNED,
                    "rules-processor, challenge-service",
                    "track-service",
                    "One order.",
                    NEWEST,
                    Examples.OWNER),
            new TopicPromises(
                    "signal-observations",
                    false,
                    Key.SIGNAL,
                    "rules-processor",
                    "rules-processor (`signals`)",
                    "All records of one signal are in one partition.",
                    BY_EVENT_ID,
                    Examples.SIGNAL_OBSERVATION),
            new TopicPromises(
                    "signals",
                    false,
                    Key.SIGNAL,
                    "rules-processor (`signals`)",
                    "track-service",
                    "All records of one signal are in one partition.",
                    NEWEST,
                    Examples.SIGNAL_COUNTS),
            new TopicPromises(
                    "audit",
                    true,
                    Key.SEALED,
                    "challenge-service",
                    "`./sluice audit verify`, auditors",
                    "One order; the checkpoints of a partition go on, but for one that comes again.",
                    "At least once.",
                    Examples.AUDIT_CHECKPOINT),
            new TopicPromises(
                    "aggregates",
                    true,
                    Key.COUNTED,
                    "challenge-service (`aggregates`)",
                    "analysts",
                    "All records of one key are in one partition.",
                    NEWEST,
                    Examples.OUTCOME_AGGREGATE));

    /** The row of the topic that is not in the wire format, since it explains that format's ids. */
    static final String SCHEMAS_ROW = String.join(
            " | ",
            "| `" + Topics.SCHEMAS + "`",
            "schema id, decimal",
            "a schema's text",
            "every process",
            "every process, `./sluice replay`, `backtest`, `export`, `audit verify`",
            "1",
            kept(TOPICS.schemaSettings()) + " |");

    /** The topic, as an installation with the default settings has it. */
    Topic<?> topic() {
        return topicOf(TOPICS);
    }

    private Topic<?> topicOf(Topics topics) {
        return topics.all().stream()
                .filter(topic -> topic.name().equals(topics.prefix() + name))
                .findFirst()
                .orElseThrow();
    }

    /** The topic's row of the table. */
    String row() {
        var emphasis = name.equals("challenge-transitions") ? "**" : "";
        return String.join(
                " | ",
                "| " + emphasis + "`" + name + "`" + emphasis,
                key.inTable,
                "`" + topic().value().schema().getName() + "`",
                writers,
                readers,
                partitions(),
                kept() + " |");
    }

    /** Told apart from a fixed number by another installation, which has another. */
    private String partitions() {
        var other = new Topics("sluice.", PARTITIONS + 1, RETENTION, ReleasedSchemas.load());
        var partitions = topic().partitions();
        return topicOf(other).partitions() == partitions ? String.valueOf(partitions) : "P";
    }

    private String kept() {
        return kept(topic().settings());
    }

    private static String kept(Map<String, String> settings) {
        var millis = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        var isCompacted = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        if (millis == null) return "newest per key (compacted)";
        if (millis.equals("-1")) return "for ever, never compacted";
        var period = Duration.ofMillis(Long.parseLong(millis));
        var text = period.equals(RETENTION) ? "R" : period.toHours() == 1 ? "1 hour" : period.toDays() + " days";
        return isCompacted ? "newest per key (compacted), " + text : text;
    }
}
