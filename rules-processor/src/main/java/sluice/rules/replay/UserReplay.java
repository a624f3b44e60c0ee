package sluice.rules.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.User;
import sluice.rules.kafka.EventMapper;
import sluice.rules.kafka.Incoming;
import sluice.rules.kafka.Opening;
import sluice.rules.kafka.OutcomeMapper;
import sluice.rules.kafka.OutwardContacts;
import sluice.rules.kafka.RecordedKeys;
import sluice.rules.kafka.SealedExplanations;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.kafka.LogReader;
import sluice.runtime.seal.ErasedException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;

/**
 * Rebuilds one user as of a moment, from the events on the log, with the very function that production decides with. It
 * reads the user's partition alone, joins no group and writes nothing.
 */
public final class UserReplay {
    private static final Logger LOG = LoggerFactory.getLogger(UserReplay.class);

    private final Topics topics;
    private final KafkaProperties kafka;
    private final Sealing sealing;
    private final ConfigurationSource configuration;

    /** @param configuration all of it, up to now */
    public UserReplay(Topics topics, KafkaProperties kafka, Sealing sealing, ConfigurationSource configuration) {
        this.topics = topics;
        this.kafka = kafka;
        this.sealing = sealing;
        this.configuration = configuration;
    }

    /**
     * What came of one event.
     *
     * @param event what it was: the name of its kind
     * @param configurationVersion that it was judged under
     * @param outcomes records as production writes them, in its order: decisions, verifications, user changes
     * @param explanation what the rules saw, where any was evaluated; personal data
     */
    public record Judged(
            Cause cause,
            String event,
            long configurationVersion,
            List<SpecificRecord> outcomes,
            Optional<Explanation> explanation) {
        public Judged {
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * The user.
     *
     * @param user empty if nothing had come of them by then
     * @param events that were judged, in order
     * @param unreadable records of the user that production could not judge either
     * @param erased events whose key went when the user was deleted
     * @param isCut whether the log has lost its beginning
     */
    public record Rebuilt(Optional<User> user, List<Judged> events, long unreadable, long erased, boolean isCut) {
        public Rebuilt {
            events = List.copyOf(events);
        }
    }

    /**
     * Rebuilds.
     *
     * @param until events that were received later are not looked at; those of this very moment are
     * @param progress told while it reads
     */
    public Rebuilt run(String tenantId, String userId, Instant until, LogReader.Progress progress) {
        var userKey = UserKey.of(tenantId, userId);
        var partition = UserKey.partition(userKey, topics.partitions());
        var opening = RecordedKeys.sealing(kafka, topics, partition, userKey::equals, sealing);
        var events = new EventMapper(opening, topics.schemaIds());
        try (var log = new MergedPartition(kafka, topics, events, partition, Optional.of(until.plusMillis(1)))) {
            var rebuilding = new Rebuilding(opening);
            log.forEach(
                    userKey::equals,
                    item -> {
                        if (!item.at().isAfter(until)) rebuilding.take(item);
                    },
                    rebuilding::unreadable,
                    more -> progress.read(more, log.share()));
            return rebuilding.rebuilt(log.isCut());
        }
    }

    /** The user while events come. */
    private final class Rebuilding {
        private final Map<String, Long> versions = new HashMap<>();
        private final List<Judged> judged = new ArrayList<>();
        private final Decider decider;
        private final OutwardContacts contacts;
        private Optional<User> user = Optional.empty();
        private Optional<Explanation> noted = Optional.empty();
        private long unreadable;
        private long erased;

        private Rebuilding(Sealing opening) {
            var seal = new SealedExplanations(opening, topics.schemaIds());
            this.contacts = new OutwardContacts(opening);
            this.decider = new Decider(
                    Opening.secrets(opening),
                    Opening.contacts(opening),
                    (cause, explanation) -> noted(explanation, seal.seal(cause, explanation)));
        }

        private Sealed noted(Explanation explanation, Sealed sealed) {
            noted = Optional.of(explanation);
            return sealed;
        }

        private void take(MergedPartition.Item item) {
            if (item instanceof MergedPartition.Decided decided) {
                var decision = decided.decision();
                versions.putIfAbsent(decision.getCauseId(), decision.getConfigurationVersion());
            }
            if (item instanceof MergedPartition.Pending pending) judge(pending);
        }

        private void judge(MergedPartition.Pending pending) {
            try {
                var incoming = pending.open().get();
                var view = configurationFor(incoming);
                noted = Optional.empty();
                var step = decider.decide(user, incoming.event(), view);
                user = Optional.of(step.user());
                judged.add(new Judged(
                        incoming.event().cause(),
                        incoming.event().getClass().getSimpleName(),
                        view.version(),
                        OutcomeMapper.toRecords(step.outcomes(), contacts),
                        noted));
            } catch (RuntimeException e) {
                if (e.getCause() instanceof ErasedException) {
                    erased++;
                    return;
                }
                LOG.debug("An event that production could not judge either", e);
                unreadable();
            }
        }

        /** The version that the event names; of one that names none that which it was decided under, else the newest. */
        private ConfigurationView configurationFor(Incoming incoming) {
            if (incoming.configurationVersion().isPresent())
                return configuration.at(incoming.configurationVersion().getAsLong());
            var decidedUnder = versions.get(incoming.event().cause().eventId());
            return decidedUnder == null ? configuration.newest() : configuration.at(decidedUnder);
        }

        private void unreadable() {
            unreadable++;
        }

        private Rebuilt rebuilt(boolean isCut) {
            return new Rebuilt(user, judged, unreadable, erased, isCut);
        }
    }
}
