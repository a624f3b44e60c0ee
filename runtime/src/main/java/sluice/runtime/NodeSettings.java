package sluice.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import sluice.runtime.kafka.ClientSecurity;
import sluice.runtime.registry.RegistrySettings;
import sluice.runtime.settings.Settings;
import sluice.runtime.tls.MutualTlsSettings;

/**
 * What every process of an installation is told.
 *
 * @param bootstrapServers Kafka, host:port with commas
 * @param kafkaSecurity how Kafka's clients reach it
 * @param dataDirectory keys, credentials and local state
 * @param topicPrefix what every topic's name starts with
 * @param partitions of every topic of users
 * @param replicationFactor copies of every partition
 * @param retention of events and outcomes
 * @param guarantee how records are processed
 * @param streamThreads stream threads of each Streams service of the process
 * @param standbys copies of each store kept warm on other instances
 * @param host address that the process's query endpoint listens on and tells others
 * @param internalPort port of that endpoint, 0 for any free one
 * @param internalUrl base URL that others reach the endpoint by; empty: http or https, the host and the port
 * @param internalTls by what processes know each other there; empty: plain HTTP
 * @param healthPort a port of its own for health and metrics, in plain HTTP; empty: there is none
 * @param sessionTimeout how long an owner may be silent until another takes over
 * @param registry which schema registry numbers the topics' schemas; empty: Sluice does
 * @param auditInterval how long records wait until they are sealed
 * @param epoch for how long what users tell is sealed with keys of one origin
 */
public record NodeSettings(
        String bootstrapServers,
        ClientSecurity kafkaSecurity,
        Path dataDirectory,
        String topicPrefix,
        int partitions,
        int replicationFactor,
        Duration retention,
        Guarantee guarantee,
        int streamThreads,
        int standbys,
        String host,
        int internalPort,
        Optional<String> internalUrl,
        Optional<MutualTlsSettings> internalTls,
        Optional<Integer> healthPort,
        Duration sessionTimeout,
        Optional<RegistrySettings> registry,
        Duration auditInterval,
        Duration epoch) {

    /** How Streams processes records (design section 2). */
    public enum Guarantee {
        /** About a millisecond a hop; after a crash an outcome may come twice, with the same eventId. */
        AT_LEAST_ONCE,
        /** No outcome comes twice; each hop waits for a commit. */
        EXACTLY_ONCE
    }

    private static final int RETENTION_DAYS = 365;

    /** An epoch is named by the second that it begins in. */
    private static final Duration EPOCH_MIN = Duration.ofSeconds(2);

    /** Reads these settings; the caller refuses when it has read all of its own. */
    public static NodeSettings from(Settings settings) {
        var bootstrapServers = settings.text(
                "SLUICE_BOOTSTRAP_SERVERS",
                "127.0.0.1:"
                        + settings.number("SLUICE_KAFKA_PORT", 9092, 1, 65_535, "port of the embedded broker")
                                .orElse(9092),
                "[^,\\s]+:\\d+(,[^,\\s]+:\\d+)*",
                "host:port, more with commas",
                "Kafka to use; unset: the embedded broker");
        var kafkaSecurity = ClientSecurity.from(settings);
        var dataDirectory = settings.read(
                "SLUICE_DATA_DIR", ".sluice", "a path", "keys, credentials and state", Path::of, path -> true);
        var topicPrefix = settings.text(
                "SLUICE_TOPIC_PREFIX", "sluice.", "[A-Za-z0-9._-]{0,100}", "letters, digits, dots", "prefix of topics");
        var partitions = settings.number(
                "SLUICE_PARTITIONS",
                4,
                1,
                10_000,
                "partitions of the topics of users; can't change once there is data");
        var replicationFactor =
                settings.number("SLUICE_REPLICATION_FACTOR", 1, 1, 10, "copies of each partition; 3 where it matters");
        var retentionDays = settings.number(
                "SLUICE_RETENTION_DAYS", RETENTION_DAYS, 1, 36_500, "days that events and outcomes stay on the log");
        var guarantee = settings.read(
                "SLUICE_PROCESSING_GUARANTEE",
                Guarantee.AT_LEAST_ONCE.name(),
                "one of " + Arrays.toString(Guarantee.values()),
                "whether outcomes may come twice after a crash",
                Guarantee::valueOf,
                any -> true);
        var streamThreads = settings.number("SLUICE_STREAM_THREADS", 2, 1, 256, "stream threads of each service");
        var standbys = settings.number("SLUICE_STANDBYS", 0, 0, 5, "warm copies of each store on other instances");
        var host = settings.text(
                "SLUICE_HOST",
                "127.0.0.1",
                "[^\\s/:]+|\\[[0-9a-fA-F:]+]",
                "a host name or address",
                "where other processes reach this one");
        var internalPort = settings.number(
                "SLUICE_INTERNAL_PORT", 0, 0, 65_535, "port for queries, health and metrics of a process; 0: any");
        var internalUrl = settings.text(
                "SLUICE_INTERNAL_URL",
                "",
                "(https?://[^\\s/]+:\\d+)?",
                "http://host:port, or https where there is mutual TLS",
                "where other processes reach that port; unset: SLUICE_HOST and the port itself");
        var internalTls = InternalEndpoint.tls(settings, host, internalUrl);
        var healthPort = InternalEndpoint.healthPort(settings);
        var sessionTimeout = settings.read(
                "SLUICE_SESSION_TIMEOUT",
                "PT6S",
                "a duration of 1 s or more, such as PT6S",
                "silence after which an owner is taken for dead; the broker's group.min.session.timeout.ms bounds it",
                Duration::parse,
                timeout -> timeout.compareTo(Duration.ofSeconds(1)) >= 0);
        var registry = RegistrySettings.from(settings);
        var auditInterval = settings.read(
                "SLUICE_AUDIT_INTERVAL",
                "PT1M",
                "a duration of 1 s or more, such as PT1M",
                "how long outcomes and configuration changes wait until they are sealed against tampering",
                Duration::parse,
                interval -> interval.compareTo(Duration.ofSeconds(1)) >= 0);
        var epoch = settings.read(
                "SLUICE_ERASURE_EPOCH",
                "PT24H",
                "a duration of 2 s or more, such as PT24H",
                "how long a key lives that users' own come from; who is deleted is unreadable two or three of it later",
                Duration::parse,
                length -> length.compareTo(EPOCH_MIN) >= 0);
        settings.refuseIfAnyIsWrong();
        return new NodeSettings(
                bootstrapServers.orElseThrow(),
                kafkaSecurity,
                dataDirectory.orElseThrow(),
                topicPrefix.orElseThrow(),
                partitions.orElseThrow(),
                replicationFactor.orElseThrow(),
                Duration.ofDays(retentionDays.orElseThrow()),
                guarantee.orElseThrow(),
                streamThreads.orElseThrow(),
                standbys.orElseThrow(),
                host.orElseThrow(),
                internalPort.orElseThrow(),
                internalUrl.filter(url -> !url.isEmpty()),
                internalTls,
                healthPort.orElseThrow(),
                sessionTimeout.orElseThrow(),
                registry,
                auditInterval.orElseThrow(),
                epoch.orElseThrow());
    }
}
