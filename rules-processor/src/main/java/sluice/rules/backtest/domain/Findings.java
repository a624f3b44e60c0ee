package sluice.rules.backtest.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what a back-test finds, over all its partitions. Bounded in size, however many decisions differ. */
public final class Findings {
    /** Each may hold two explanations. */
    private static final int SAMPLES_IN_ALL_MAX = 2000;

    private final Set<String> replaced;
    private final int samplesMax;
    private final Map<String, Tally> actions = new TreeMap<>();
    private final TreeSet<String> affectedUserIds = new TreeSet<>();
    private final List<Deviation> deviations = new ArrayList<>();
    private long agreeing;
    private long deviating;
    private long unrecorded;
    private int samples;
    private long events;
    private long unreadable;
    private long erased;
    private long users;
    private long affected;
    private @Nullable Instant firstAt;
    private @Nullable Instant lastAt;

    /**
     * Starts with nothing.
     *
     * @param replaced codes of the actions that the candidate has rules for
     * @param samplesMax samples to keep of each way to differ, of each action
     */
    public Findings(Set<String> replaced, int samplesMax) {
        this.replaced = Set.copyOf(replaced);
        this.samplesMax = samplesMax;
    }

    /** Of one action code. */
    private static final class Tally {
        private final Map<Turn, Turning> turns = new TreeMap<>();
        private long decisions;
        private long affected;

        private long differing() {
            return turns.values().stream().mapToLong(turning -> turning.count).sum();
        }
    }

    private static final class Turning {
        private final List<Difference> samples = new ArrayList<>();
        private long count;
    }

    /** A record that is no sound event. */
    public void unreadable() {
        unreadable++;
    }

    /** An event of a user who was deleted. */
    void erased() {
        erased++;
    }

    void replayed(Instant at) {
        events++;
        if (firstAt == null || at.isBefore(firstAt)) firstAt = at;
        if (lastAt == null || at.isAfter(lastAt)) lastAt = at;
    }

    void decided(String actionCode, boolean isUsersFirst) {
        tally(actionCode).decisions++;
        if (isUsersFirst) users++;
    }

    /** @param isUsersFirstOfAction whether no decision on the user's actions of this code has differed before */
    void differs(Difference difference, boolean isUsersFirst, boolean isUsersFirstOfAction) {
        var tally = tally(difference.action().actionCode());
        var turning = tally.turns.computeIfAbsent(difference.turn(), turn -> new Turning());
        turning.count++;
        if (turning.samples.size() < samplesMax && samples < SAMPLES_IN_ALL_MAX) {
            turning.samples.add(difference);
            samples++;
        }
        if (isUsersFirstOfAction) tally.affected++;
        if (isUsersFirst) {
            affected++;
            affectedUserIds.add(difference.cause().userId());
            if (affectedUserIds.size() > Report.USERS_NAMED_MAX) affectedUserIds.pollLast();
        }
    }

    /** A decision that was replayed as it was made. */
    void agrees() {
        agreeing++;
    }

    /** One that was not. */
    void deviates(Deviation deviation) {
        deviating++;
        if (deviations.size() < samplesMax) deviations.add(deviation);
    }

    /** One that is not on the log. */
    void unrecorded() {
        unrecorded++;
    }

    private Tally tally(String actionCode) {
        return actions.computeIfAbsent(actionCode, code -> new Tally());
    }

    /** What was found so far; an action with rules of the candidate's is in it although it never happened. */
    public Report report() {
        replaced.forEach(this::tally);
        var ofActions = actions.entrySet().stream()
                .map(entry -> ofAction(entry.getKey(), entry.getValue()))
                .toList();
        return new Report(
                events,
                unreadable,
                erased,
                Optional.ofNullable(firstAt),
                Optional.ofNullable(lastAt),
                ofActions.stream().mapToLong(Report.OfAction::decisions).sum(),
                ofActions.stream().mapToLong(Report.OfAction::differing).sum(),
                users,
                affected,
                List.copyOf(affectedUserIds),
                ofActions,
                new Report.OfRecord(agreeing + deviating, deviating, unrecorded, deviations));
    }

    private Report.OfAction ofAction(String actionCode, Tally tally) {
        var turns = tally.turns.entrySet().stream()
                .map(entry -> new Report.Turned(entry.getKey(), entry.getValue().count, entry.getValue().samples))
                .toList();
        return new Report.OfAction(
                actionCode, replaced.contains(actionCode), tally.decisions, tally.differing(), tally.affected, turns);
    }
}
