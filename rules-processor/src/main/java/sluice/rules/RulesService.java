package sluice.rules;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import sluice.rules.backtest.Backtest;
import sluice.rules.backtest.Backtests;
import sluice.rules.backtest.BacktestsQuery;
import sluice.rules.backtest.Plan;
import sluice.rules.kafka.AuthenticatorsQuery;
import sluice.rules.kafka.LookupQuery;
import sluice.rules.kafka.PasskeyQuery;
import sluice.rules.kafka.PersonalKeyQuery;
import sluice.rules.kafka.RulesTopology;
import sluice.rules.kafka.SignalsTopology;
import sluice.rules.kafka.UserQuery;
import sluice.runtime.Node;
import sluice.runtime.erasure.EpochEnd;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.StreamsService;
import sluice.runtime.seal.Blinding;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.PersonalKey;
import sluice.schemas.User;

/** The rules processor of one process. */
public final class RulesService implements AutoCloseable {
    /** Name of the service: its group, its state's folder, where queries go. */
    public static final String NAME = "rules-processor";

    /** Name of what counts across users, apart from what calls wait for: likewise. */
    public static final String SIGNALS = "signals";

    /** A fourth of the heap may hold the users of a back-test. */
    private static final long BACKTESTS_SHARE = 4;

    private final StreamsService streams;
    private final StreamsService signals;
    private final Backtests backtests;
    private final EpochEnd epochs;

    private RulesService(StreamsService streams, StreamsService signals, Backtests backtests, EpochEnd epochs) {
        this.epochs = epochs;
        this.streams = streams;
        this.signals = signals;
        this.backtests = backtests;
    }

    /**
     * Starts; the service is ready when the node's health says so.
     *
     * @throws IOException if the data directory can't be written
     */
    public static RulesService start(Node node) throws IOException, InterruptedException {
        var topics = node.topics();
        var blinding = Blinding.open(node.settings().dataDirectory());
        var inputs = List.of(topics.trackEvents.name(), topics.verifyEvents.name(), topics.userCommands.name());
        var epochs = node.endEpochs(inputs, topics.prefix() + NAME);
        var streams = new StreamsService(node, NAME, inputs, (properties, ownership) -> new RulesTopology(
                        topics, properties, node.sealing(), blinding, node.configuration(), ownership, node.meters())
                .get());
        IntFunction<ReadOnlyKeyValueStore<String, User>> users =
                partition -> streams.store(RulesTopology.USER, partition);
        var user = new UserQuery(users, node.sealing(), topics.schemaIds());
        var authenticators = new AuthenticatorsQuery(users, node.sealing(), topics.schemaIds());
        IntFunction<ReadOnlyKeyValueStore<String, String>> entries =
                partition -> streams.store(RulesTopology.LOOKUP, partition);
        var lookup = new LookupQuery(entries, users, node.sealing(), blinding, topics.schemaIds());
        var passkey = new PasskeyQuery(entries, users, node.sealing(), blinding, topics.schemaIds());
        IntFunction<ReadOnlyKeyValueStore<String, PersonalKey>> keys =
                partition -> streams.store(RulesTopology.PERSONAL_KEY, partition);
        var backtests = new Backtests(new Backtest(topics, node.kafka(), node.sealing(), node.configuration()));
        var backtest = new BacktestsQuery(
                backtests,
                node.configuration(),
                Plan.usersMax(Runtime.getRuntime().maxMemory() / BACKTESTS_SHARE),
                topics.schemaIds());
        node.queries()
                .serve(
                        NAME,
                        streams.ownership(),
                        Map.of(
                                "user", user,
                                "authenticators", authenticators,
                                "lookup", lookup,
                                "passkey", passkey,
                                "personal-key", new PersonalKeyQuery(keys, node.sealing()),
                                "backtest", backtest));
        var signals = new StreamsService(
                node,
                SIGNALS,
                List.of(topics.signalObservations.name()),
                (properties, ownership) -> new SignalsTopology(
                                topics, KafkaProperties.unhurried(properties), new SignalKeys(blinding))
                        .get());
        streams.start();
        signals.start();
        return new RulesService(streams, signals, backtests, epochs);
    }

    @Override
    public void close() throws IOException {
        backtests.close();
        epochs.close();
        StreamsService.closeAll(signals, streams);
    }
}
