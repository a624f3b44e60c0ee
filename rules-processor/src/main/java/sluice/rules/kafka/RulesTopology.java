package sluice.rules.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Named;
import sluice.rules.domain.Contacts;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Outcome;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.kafka.Flow;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Sealing;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.PersonalKey;
import sluice.schemas.User;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/**
 * track-events, verify-events, user-commands, by user -> [user, lookup, personal-key] -> decisions, verifications, user-changes; and
 * signal-observations, by signal.
 */
public final class RulesTopology implements Supplier<Topology> {
    /** The store, and what its changelog's name holds: for ever. */
    public static final String USER = "user";

    /** The index of users by what they can be found by: likewise. */
    public static final String LOOKUP = "lookup";

    /** The keys that users' events stay readable with: likewise. */
    public static final String PERSONAL_KEY = "personal-key";

    private final Topics topics;
    private final Properties streams;
    private final Sealing sealing;
    private final EventMapper events;
    private final UserMapper users;
    private final Lookup lookup;
    private final ObservationMapper observations;
    private final Decider decider;
    private final Contacts contacts;
    private final OutwardContacts outward;
    private final ConfigurationSource configuration;
    private final Ownership ownership;
    private final RuleMatches matches;

    /**
     * Prepares.
     *
     * @param streams the Streams settings that the topology will run with
     * @param sealing opens what the events have sealed
     * @param blinding hashes what users are found by, and the addresses and devices that they share
     * @param meters count the matches of rules
     * @param ownership told which partitions are here and how far they have got
     */
    public RulesTopology(
            Topics topics,
            Properties streams,
            Sealing sealing,
            Blinding blinding,
            ConfigurationSource configuration,
            Ownership ownership,
            MeterRegistry meters) {
        this.topics = topics;
        this.streams = streams;
        this.sealing = sealing;
        this.events = new EventMapper(sealing, topics.schemaIds());
        this.users = new UserMapper(sealing, topics.schemaIds());
        this.lookup = new Lookup(blinding);
        this.observations = new ObservationMapper(new SignalKeys(blinding));
        this.contacts = Opening.contacts(sealing);
        this.outward = new OutwardContacts(sealing);
        this.decider =
                new Decider(Opening.secrets(sealing), contacts, new SealedExplanations(sealing, topics.schemaIds()));
        this.configuration = configuration;
        this.ownership = ownership;
        this.matches = new RuleMatches(meters);
    }

    @Override
    public Topology get() {
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(streams)));
        builder.addStateStore(Flow.store(USER, new AvroSerde<>(User.class, topics.schemaIds())));
        builder.addStateStore(Flow.store(LOOKUP, Serdes.String()));
        builder.addStateStore(Flow.store(PERSONAL_KEY, new AvroSerde<>(PersonalKey.class, topics.schemaIds())));

        var tracked = Flow.read(builder, topics.trackEvents, events::track, "open-track-event");
        var verified = Flow.read(builder, topics.verifyEvents, events::verify, "open-verify-event");
        var commanded = Flow.read(builder, topics.userCommands, events::command, "open-user-command");
        var outcomes = tracked.merge(verified, Named.as("merge-verify-events"))
                .merge(commanded, Named.as("merge-user-commands"))
                .process(
                        () -> new UserProcessor(
                                decider,
                                contacts,
                                users,
                                lookup,
                                configuration,
                                ownership,
                                topics.partitions(),
                                matches,
                                sealing,
                                topics.retention()),
                        Named.as("decide"),
                        USER,
                        LOOKUP,
                        PERSONAL_KEY);

        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Decided, Named.as("decided"))
                .mapValues(
                        outcome -> OutcomeMapper.toAvro(((Outcome.Decided) outcome).decision()),
                        Named.as("to-decision"))
                .to(topics.decisions.name(), Flow.written(topics.decisions));
        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Verified, Named.as("verified"))
                .mapValues(
                        outcome -> outward.sealed(OutcomeMapper.toAvro((Outcome.Verified) outcome)),
                        Named.as("to-verification"))
                .to(topics.verifications.name(), Flow.written(topics.verifications));
        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Changed, Named.as("changed"))
                .mapValues(
                        outcome -> outward.sealed(OutcomeMapper.toAvro((Outcome.Changed) outcome)),
                        Named.as("to-user-change"))
                .to(topics.userChanges.name(), Flow.written(topics.userChanges));
        outcomes.filter((key, outcome) -> outcome instanceof Outcome.Observed, Named.as("observed"))
                .map(
                        (key, outcome) -> observations.toAvro((Outcome.Observed) outcome),
                        Named.as("to-signal-observation"))
                .to(topics.signalObservations.name(), Flow.written(topics.signalObservations));
        return builder.build();
    }
}
