package sluice.challenge.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import sluice.challenge.domain.Action;
import sluice.challenge.domain.ActionKey;
import sluice.challenge.domain.Asker;
import sluice.challenge.domain.Lifecycle;
import sluice.challenge.domain.Step;
import sluice.runtime.kafka.MalformedEventException;
import sluice.runtime.query.Ownership;

/**
 * One read, one step, one put; then what came of it goes out. The records' headers stay behind: they route one request
 * and are nobody else's business.
 */
final class ActionProcessor implements Processor<String, Incoming, String, SpecificRecord> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Askers askers;
    private final Ownership ownership;
    private final Duration retention;

    @SuppressWarnings("NullAway.Init") // set by init, before the first record
    private ProcessorContext<String, SpecificRecord> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, sluice.schemas.Action> actions;

    @SuppressWarnings("NullAway.Init")
    private Expiries expiries;

    /** @param retention how long an action stays that nothing moves */
    ActionProcessor(Askers askers, Ownership ownership, Duration retention) {
        this.askers = askers;
        this.ownership = ownership;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.actions = context.getStateStore(ChallengeTopology.ACTION);
        this.expiries = new Expiries(context.getStateStore(ChallengeTopology.EXPIRY), actions, retention);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::expire);
        ownership.tookOver(context.taskId().partition());
    }

    @Override
    public void process(Record<String, Incoming> read) {
        var incoming = read.value();
        if (incoming != null) { // a tombstone only counts as read
            var asker = askers.of(read.headers(), incoming.causeId());
            outcomes(incoming, asker).forEach(outcome -> forward(outcome, read.timestamp()));
        }
        ownership.applied(context);
    }

    private List<Outgoing> outcomes(Incoming came, Optional<Asker> asker) {
        return came.match(new Incoming.Cases<>() {
            @Override
            public List<Outgoing> decided(Incoming.Decided incoming) {
                var decision = incoming.decision();
                var step = step(decision.action(), known -> Lifecycle.decided(known, decision, asker));
                if (step.after() instanceof Action.Decided action) expiries.note(action);
                return records(step);
            }

            @Override
            public List<Outgoing> verified(Incoming.Verified incoming) {
                var verification = incoming.verification();
                return records(step(verification.action(), known -> Lifecycle.verified(known, verification, asker)));
            }

            @Override
            public List<Outgoing> updated(Incoming.Updated incoming) {
                var update = incoming.update();
                var step = step(update.action(), known -> Lifecycle.updated(known, update, asker));
                if (step.after() instanceof Action.Decided action) expiries.note(action);
                return records(step);
            }

            @Override
            public List<Outgoing> changed(Incoming.Changed incoming) {
                if (incoming.isNobodysDeletion()) expiries.forgotten(incoming.userKey());
                return incoming.isAnswer()
                        ? asker.map(who -> OutcomeMapper.reply(who, incoming.change())).stream()
                                .toList()
                        : List.of();
            }
        });
    }

    private Step step(ActionKey key, Function<Optional<Action>, Step> event) {
        var storeKey = StoreKey.of(key);
        var stored = actions.get(storeKey);
        var known = Optional.ofNullable(stored).map(ActionMapper::toDomain);
        var step = taken(event, known);
        var isNothing = step.after().equals(Action.Awaiting.nothing(key));
        if (!isNothing && !Optional.of(step.after()).equals(known)) {
            ownership.requireUnbroken(context.taskId().partition());
            actions.put(storeKey, ActionMapper.toAvro(step.after(), stored, offset()));
        }
        return step;
    }

    /** Where what is at hand lies in its partition. */
    private long offset() {
        return context.recordMetadata().orElseThrow().offset();
    }

    private static Step taken(Function<Optional<Action>, Step> step, Optional<Action> known) {
        try {
            return step.apply(known);
        } catch (RuntimeException e) {
            // the function is pure: what it can't take now it never can
            throw new MalformedEventException("An event that no action can take", e);
        }
    }

    private static List<Outgoing> records(Step step) {
        return step.outcomes().stream().map(OutcomeMapper::toRecord).toList();
    }

    private void expire(long now) {
        ownership.requireUnbroken(context.taskId().partition());
        expiries.look(now, action -> forward(OutcomeMapper.end(action, Instant.ofEpochMilli(now)), now));
    }

    private void forward(Outgoing outgoing, long timestamp) {
        context.forward(new Record<>(outgoing.key(), outgoing.value(), timestamp));
    }

    @Override
    public void close() {
        ownership.released(context.taskId().partition());
    }
}
