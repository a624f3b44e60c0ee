package sluice.rules.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Contacts;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Event;
import sluice.rules.domain.LookupChange;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.Step;
import sluice.rules.domain.User;
import sluice.rules.domain.signal.Observing;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.UnknownVersionException;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.kafka.MalformedEventException;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.ErasedException;
import sluice.runtime.seal.Sealing;
import sluice.schemas.UserChangeKind;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;

/** One read, one decision, one put; and, where what the user can be found by changes, the index around the put. */
final class UserProcessor implements Processor<String, Incoming, String, Outcome> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Decider decider;
    private final Contacts contacts;
    private final UserMapper mapper;
    private final Lookup lookup;
    private final ConfigurationSource configuration;
    private final Ownership ownership;
    private final int partitions;
    private final RuleMatches matches;
    private final Sealing sealing;
    private final Duration retention;

    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, Outcome> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, sluice.schemas.User> users;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, String> entries;

    @SuppressWarnings("NullAway.Init")
    private KeptKeys keys;

    /**
     * Prepares.
     *
     * @param partitions of the topics of users
     * @param sealing has the keys that users' come from
     * @param retention of the topics of users
     */
    UserProcessor(
            Decider decider,
            Contacts contacts,
            UserMapper mapper,
            Lookup lookup,
            ConfigurationSource configuration,
            Ownership ownership,
            int partitions,
            RuleMatches matches,
            Sealing sealing,
            Duration retention) {
        this.decider = decider;
        this.contacts = contacts;
        this.mapper = mapper;
        this.lookup = lookup;
        this.configuration = configuration;
        this.ownership = ownership;
        this.partitions = partitions;
        this.matches = matches;
        this.sealing = sealing;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        this.context = context;
        this.users = context.getStateStore(RulesTopology.USER);
        this.entries = context.getStateStore(RulesTopology.LOOKUP);
        this.keys = new KeptKeys(sealing, retention, context.getStateStore(RulesTopology.PERSONAL_KEY));
        lookup.requireItsKey(entries);
        ownership.tookOver(context.taskId().partition());
        // no query is answered after a standstill: even where no event comes, the partition is asked for anew
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> requireUnbroken());
    }

    private void requireUnbroken() {
        ownership.requireUnbroken(context.taskId().partition());
    }

    @Override
    public void process(Record<String, Incoming> read) {
        requireItsPartition(read.key());
        var known = Optional.ofNullable(users.get(read.key())).map(mapper::toDomain);
        var step = decide(known, read.value());
        observed(known, read, step);
        keepKeys(known, read.value().event().cause(), step);
        put(read.key(), step.user(), LookupChange.of(known, eventId(read), step.user()));
        step.outcomes().forEach(outcome -> context.forward(read.withValue(outcome)));
        step.outcomes().forEach(outcome -> count(known, eventId(read), outcome));
        ownership.applied(context);
    }

    /** Before the put: a crash in between makes an observation come again, which changes nothing, and loses none. */
    private void observed(Optional<User> known, Record<String, Incoming> read, Step step) {
        for (var observed : observed(known, read.value().event(), step)) {
            context.forward(read.<Outcome>withValue(observed).withHeaders(new RecordHeaders())); // nobody awaits it
        }
    }

    /** An old answer that is given again, of a user who was deleted since, was observed when it was new. */
    private List<Outcome.Observed> observed(Optional<User> known, Event event, Step step) {
        try {
            return Observing.of(known, event, step.outcomes(), contacts);
        } catch (ErasedException e) {
            return List.of();
        }
    }

    /** Before the put: a crash in between makes the event come again, and what was done is done again. */
    private void keepKeys(Optional<User> known, Cause cause, Step step) {
        if (isErased(known, step)) {
            keys.erase(cause.tenantId(), cause.userId(), cause.at());
            return;
        }
        keys.keep(cause.tenantId(), cause.userId(), cause.at(), known.isEmpty());
        for (var outcome : step.outcomes()) {
            if (outcome instanceof Outcome.Verified verified) // later than its cause where a clock went back
            keys.keep(cause.tenantId(), cause.userId(), verified.cause().at(), known.isEmpty());
        }
    }

    /** Deleted by a backend; or made up for a challenge that is over, which nobody will delete. */
    private static boolean isErased(Optional<User> known, Step step) {
        var isForgotten = NobodyId.is(step.user().userId())
                && known.map(User::isKnown).orElse(false)
                && !step.user().isKnown();
        return isForgotten
                || step.outcomes().stream()
                        .anyMatch(outcome -> outcome instanceof Outcome.Changed changed
                                && changed.kind() == UserChangeKind.USER_DELETED);
    }

    /**
     * The user's record is the one truth. Entries come before it and go after it, so that no query misses a user whose
     * record has what is asked for; one that finds an entry too early or too late sees by the record that it is none.
     */
    private void put(String key, User user, LookupChange change) {
        requireUnbroken();
        lookup.add(entries, user, change.additions());
        users.put(key, mapper.toAvro(user));
        lookup.remove(entries, user, change.removals());
    }

    private static String eventId(Record<String, Incoming> read) {
        return read.value().event().cause().eventId();
    }

    /** A decision that is given again, to an event that comes again or for an action that was decided, counts once. */
    private void count(Optional<User> known, String eventId, Outcome outcome) {
        if (!(outcome instanceof Outcome.Decided decided)) return;
        var isNew = decided.decision().cause().eventId().equals(eventId)
                && known.map(user -> !user.hasJudged(eventId)).orElse(true);
        if (isNew) matches.count(decided.decision());
    }

    /** Some clients spread keys by another hash: the user would be two users, on two owners. */
    private void requireItsPartition(String key) {
        var expected = UserKey.partition(key, partitions);
        if (context.taskId().partition() != expected) {
            throw new MalformedEventException("An event in another partition than its key's, which is " + expected);
        }
    }

    private Step decide(Optional<User> known, Incoming incoming) {
        var judgedUnder = configurationFor(known, incoming);
        try {
            return decider.decide(known, incoming.event(), judgedUnder);
        } catch (RuntimeException e) {
            // the function is pure: what it can't judge now it never can
            throw new MalformedEventException("An event that can't be judged", e);
        }
    }

    /** The version that the event names; else the newest that this process or an earlier event of the user has seen. */
    private ConfigurationView configurationFor(Optional<User> known, Incoming incoming) {
        var newest = Math.max(
                configuration.newest().version(),
                known.map(User::configurationVersion).orElse(0L));
        try {
            return configuration.at(incoming.configurationVersion().orElse(newest));
        } catch (UnknownVersionException e) {
            throw new MalformedEventException("An event of a configuration that does not exist", e);
        }
    }

    @Override
    public void close() {
        ownership.released(context.taskId().partition());
    }
}
