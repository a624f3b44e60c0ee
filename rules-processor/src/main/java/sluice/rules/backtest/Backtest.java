package sluice.rules.backtest;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.rules.backtest.domain.Findings;
import sluice.rules.backtest.domain.Recorded;
import sluice.rules.backtest.domain.Replay;
import sluice.rules.backtest.domain.Report;
import sluice.rules.backtest.domain.TooManyUsersException;
import sluice.rules.kafka.EventMapper;
import sluice.rules.kafka.Incoming;
import sluice.rules.kafka.Opening;
import sluice.rules.kafka.RecordedKeys;
import sluice.rules.replay.MergedPartition;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.RuleSet;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.seal.ErasedException;
import sluice.runtime.seal.Sealing;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;

/**
 * Replays the log of one tenant through other rules. It joins no group, commits and writes nothing, and sees committed
 * records alone. One partition after the other, so that only one's users are in memory.
 */
public final class Backtest implements BacktestRun.Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Backtest.class);

    private static final int KEYS_OF_A_USER = 40;

    private final Topics topics;
    private final KafkaProperties kafka;
    private final Sealing sealing;
    private final ConfigurationSource configuration;

    /** Told how far it has got. */
    public interface Progress {
        /**
         * Some records were read.
         *
         * @param more how many
         * @param part which part is at hand, from 0: each partition in each pass is one
         * @param share how much of the part is read, 0 to 1
         */
        void read(long more, int part, double share);
    }

    /** @param configuration all of it, up to now */
    public Backtest(Topics topics, KafkaProperties kafka, Sealing sealing, ConfigurationSource configuration) {
        this.topics = topics;
        this.kafka = kafka;
        this.sealing = sealing;
        this.configuration = configuration;
    }

    /**
     * Runs.
     *
     * @param progress told while it reads; what it throws ends the run
     * @throws TooManyUsersException if a partition has more users in a pass than the plan has room for
     */
    @Override
    public Report run(Plan plan, Progress progress) {
        var findings = new Findings(plan.candidate().keySet(), plan.samplesMax());
        var candidate = compiled(plan);
        for (var pass = 0; pass < plan.passes(); pass++) {
            for (var partition = 0; partition < topics.partitions(); partition++) {
                new Part(plan, candidate, pass, partition, findings).run(progress);
            }
        }
        return findings.report();
    }

    @Override
    public int partitions() {
        return topics.partitions();
    }

    /** Under the lists and data points of now: the candidate is taken as it would be if it were saved now. */
    private Map<Piece, RuleSet> compiled(Plan plan) {
        var newest = configuration.newest();
        return plan.candidate().entrySet().stream()
                .collect(toMap(
                        entry -> Piece.action(plan.tenantId(), entry.getKey()),
                        entry -> newest.compiled(plan.tenantId(), entry.getValue())));
    }

    /** One partition in one pass. */
    private final class Part {
        private final Plan plan;
        private final Map<Piece, RuleSet> candidate;
        private final int pass;
        private final int partition;
        private final Findings findings;
        private final RecordedDecisions recorded = new RecordedDecisions();

        private Part(Plan plan, Map<Piece, RuleSet> candidate, int pass, int partition, Findings findings) {
            this.plan = plan;
            this.candidate = candidate;
            this.pass = pass;
            this.partition = partition;
            this.findings = findings;
        }

        private void run(Progress progress) {
            Predicate<String> isWanted =
                    key -> key.startsWith(tenant()) && Math.floorMod(key.hashCode(), plan.passes()) == pass;
            var opening = RecordedKeys.sealing(kafka, topics, partition, counted(isWanted), sealing);
            var events = new EventMapper(opening, topics.schemaIds());
            try (var log = new MergedPartition(
                    kafka, topics, events, partition, plan.period().to())) {
                var replay = replay(log.isCut());
                log.forEach(
                        isWanted,
                        item -> take(item, replay),
                        findings::unreadable,
                        records -> progress.read(records, pass * topics.partitions() + partition, log.share()));
            }
        }

        /** Half of the room of the users is for their keys, of which one who came each day has many. */
        private Predicate<String> counted(Predicate<String> isWanted) {
            var room = new AtomicLong((long) plan.usersMax() * KEYS_OF_A_USER);
            return key -> {
                var isIt = isWanted.test(key);
                if (isIt && room.decrementAndGet() < 0) throw new TooManyUsersException(plan.usersMax());
                return isIt;
            };
        }

        private String tenant() {
            return plan.tenantId() + "/";
        }

        private Replay replay(boolean isCut) {
            return new Replay(
                    Opening.secrets(sealing),
                    Opening.contacts(sealing),
                    candidate,
                    plan.period(),
                    plan.usersMax(),
                    isCut,
                    findings);
        }

        private void take(MergedPartition.Item item, Replay replay) {
            if (plan.period().isOver(item.at())) return;
            if (item instanceof MergedPartition.Decided decided) recorded.add(decided.decision());
            if (item instanceof MergedPartition.Pending pending) apply(pending, replay);
        }

        private void apply(MergedPartition.Pending pending, Replay replay) {
            try {
                if (UserKey.partition(pending.key(), topics.partitions()) != partition) {
                    findings.unreadable();
                    return;
                }
                var incoming = pending.open().get();
                var decided = recorded.take(incoming.event().cause().eventId());
                replay.apply(incoming.event(), configurationFor(incoming, decided), decided);
            } catch (TooManyUsersException e) {
                throw e;
            } catch (RuntimeException e) {
                if (e.getCause() instanceof ErasedException) {
                    replay.erased(pending.key().substring(tenant().length()));
                    return;
                }
                LOG.debug("An event that production could not judge either", e);
                findings.unreadable();
            }
        }
    }

    /** The version that the event names; of one that names none that which it was decided under, else the newest. */
    private ConfigurationView configurationFor(Incoming incoming, Optional<Recorded> decided) {
        var version = incoming.configurationVersion();
        if (version.isPresent()) return configuration.at(version.getAsLong());
        return decided.map(Recorded::configurationVersion)
                .map(configuration::at)
                .orElseGet(configuration::newest);
    }
}
