package sluice.runtime;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.erasure.EpochEnd;
import sluice.runtime.erasure.EpochKeeper;
import sluice.runtime.erasure.EpochKeys;
import sluice.runtime.kafka.Brokers;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.observe.Health;
import sluice.runtime.observe.ObserveRoutes;
import sluice.runtime.query.OwnerDirectory;
import sluice.runtime.query.QueryClient;
import sluice.runtime.query.QueryServer;
import sluice.runtime.registry.LogNumbering;
import sluice.runtime.registry.LoggedSchemas;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.KeysetFollower;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.tls.MutualTls;
import sluice.schemas.topic.TopicCreation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.SchemaUnavailableException;

/** One process of an installation: all that its services share. */
public final class Node implements AutoCloseable {
    private final NodeSettings settings;
    private final Topics topics;
    private final LoggedSchemas schemas;
    private final KafkaProperties kafka;
    private final Admin admin;
    private final Sealing sealing;
    private final KeysetFollower keyset;
    private final ConfigurationFollower configuration;
    private final OwnerDirectory owners;
    private final Health health = new Health();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final QueryServer queries;
    private final Optional<MutualTls> tls;
    private final Javalin server;
    private final Optional<Javalin> observed;
    private @Nullable Epochs epochs;

    /** Followed and made from the first use on. */
    private record Epochs(EpochKeys keys, EpochKeeper keeper) implements AutoCloseable {
        @Override
        public void close() {
            keeper.close();
            keys.close();
        }
    }

    /**
     * Joins the installation: waits for the broker, creates what is missing, tells the schemas that it writes with, reads
     * the configuration, opens the process's own endpoint for queries, health and metrics.
     *
     * @param progress told what is waited for, in a few words each
     * @throws IllegalStateException if the broker or the schema registry does not answer, the keyset or the registry is
     *     not this installation's, or its schema ids mean something else there
     */
    public static Node join(NodeSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException, TimeoutException {
        return new Node(settings, progress);
    }

    private Node(NodeSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException, TimeoutException {
        this.settings = settings;
        this.sealing = Keyset.open(settings.dataDirectory());
        this.kafka = new KafkaProperties(settings);
        var numbering = LogNumbering.of(settings, progress);
        numbering.registry().ifPresent(registry -> health.needs("schema-registry", registry::isReady));
        this.topics = numbering.topics();
        this.schemas = numbering.schemas();
        health.needs("schemas", schemas::isReady);
        progress.accept("waiting for Kafka at " + settings.bootstrapServers());
        this.admin = Brokers.reach(settings);
        progress.accept("creating topics");
        new TopicCreation(admin, settings.replicationFactor()).createMissing(topics);
        progress.accept("telling the schemas");
        schemas.tell();
        progress.accept("reading the configuration");
        this.configuration = ConfigurationFollower.start(topics.configuration, kafka, numbering);
        refuseForeignKeyset(configuration.newest(), sealing, settings.dataDirectory());
        this.owners = new OwnerDirectory(topics.owners, kafka);
        this.queries = new QueryServer(sealing);
        this.keyset = new KeysetFollower(settings.dataDirectory(), sealing, meters);
        observeJvm();
        this.tls = settings.internalTls().map(told -> new MutualTls(told, meters));
        this.server = endpoint().start(settings.host(), settings.internalPort());
        this.observed =
                settings.healthPort().map(port -> Javalin.create(this::observe).start(settings.host(), port));
        schemas.awaitQuiet();
    }

    /**
     * A process with another keyset could read nothing and would seal what nobody else can open.
     *
     * @param configuration what the log has
     * @param dataDirectory where the keyset is from
     * @throws IllegalStateException if the log was sealed with another keyset
     */
    public static void refuseForeignKeyset(ConfigurationView configuration, Sealing sealing, Path dataDirectory) {
        configuration.tokenKeys().forEach((keyId, key) -> {
            try {
                sealing.open(key.key().bytes(), "token-key", keyId);
            } catch (SealBrokenException e) {
                throw new IllegalStateException(
                        "The keyset in %s is not the one that this installation's log was sealed with"
                                .formatted(dataDirectory),
                        e);
            }
        });
    }

    private void observeJvm() {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
    }

    private Javalin endpoint() {
        return Javalin.create(config -> {
            queries.addTo(config.routes);
            observe(config);
            tls.ifPresent(mutual -> config.jetty.addConnector(
                    (server, http) -> mutual.connector(server, http, settings.host(), settings.internalPort())));
        });
    }

    private void observe(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        new ObserveRoutes(health, meters).addTo(config.routes);
    }

    public NodeSettings settings() {
        return settings;
    }

    public Topics topics() {
        return topics;
    }

    /**
     * The schema of a topic's record that a process of another build has told, by its id; empty with a registry, which
     * tells those itself.
     *
     * @throws SchemaUnavailableException if it can't be told now
     */
    public Optional<Schema> toldSchema(int id) throws InterruptedException {
        return settings.registry().isPresent() ? Optional.empty() : schemas.lookUp(id);
    }

    public KafkaProperties kafka() {
        return kafka;
    }

    public Admin admin() {
        return admin;
    }

    public Sealing sealing() {
        return sealing;
    }

    public ConfigurationFollower configuration() {
        return configuration;
    }

    /**
     * Follows the keys of epochs from the first call on, and makes them: what is sealed for users is sealed with them from
     * then on.
     *
     * @throws IllegalStateException if they can't be read or made
     */
    public EpochKeys epochKeys() throws InterruptedException {
        return epochs().keys();
    }

    private synchronized Epochs epochs() throws InterruptedException {
        var known = epochs;
        if (known != null) return known;
        var clock = InstantSource.system();
        var keys = EpochKeys.start(topics.epochKeys, kafka, sealing);
        var keeper = EpochKeeper.start(keys, topics.epochKeys, kafka, sealing, settings.epoch(), clock);
        health.needs("epoch-keys", () -> keys.live().at(clock.instant()).isPresent());
        sealing.use(keys);
        epochs = new Epochs(keys, keeper);
        return epochs;
    }

    /**
     * Removes keys of epochs that are over, for who opens what was sealed with them.
     *
     * @param inputs topics whose records are
     * @param group that opens them
     */
    public EpochEnd endEpochs(List<String> inputs, String group) throws InterruptedException {
        var known = epochs();
        return new EpochEnd(
                known.keys(), known.keeper(), admin, inputs, group, settings.epoch(), InstantSource.system());
    }

    public OwnerDirectory owners() {
        return owners;
    }

    public QueryServer queries() {
        return queries;
    }

    public Health health() {
        return health;
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /** Base URL of the process's own endpoint, as other processes reach it. */
    public String endpointUrl() {
        var scheme = tls.isPresent() ? "https://" : "http://";
        return settings.internalUrl().orElseGet(() -> scheme + settings.host() + ":" + server.port());
    }

    /**
     * Asks the owners of state, as this process does.
     *
     * @param patience how long one query may take, moves of its partition included
     */
    public QueryClient queryClient(Duration patience) {
        return new QueryClient(owners, sealing, tls, topics.partitions(), patience);
    }

    /**
     * Says that the process can't do its work any more, whatever it tries: whoever runs it should end it, so that others
     * take over and it is started anew.
     *
     * @param why for the operator
     */
    public void fail(String why) {
        failure.complete(why);
    }

    /** Completes with the reason when the process should end; never, as long as all goes well. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    @Override
    public synchronized void close() {
        observed.ifPresent(Javalin::stop);
        server.stop();
        tls.ifPresent(MutualTls::close);
        keyset.close();
        if (epochs != null) epochs.close();
        owners.close();
        configuration.close();
        schemas.close();
        admin.close(Duration.ofSeconds(2));
    }
}
