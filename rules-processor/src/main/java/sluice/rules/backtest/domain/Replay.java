package sluice.rules.backtest.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.rules.backtest.domain.Deviation.Reason;
import sluice.rules.domain.Cause;
import sluice.rules.domain.Contacts;
import sluice.rules.domain.Decider;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Event;
import sluice.rules.domain.Explanation;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.Secrets;
import sluice.rules.domain.Step;
import sluice.rules.domain.User;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.RuleSet;

/**
 * Judges each event twice with the very function that production judges with: by the rules of the time, and by the
 * candidate's. Starts with no user known; one thread.
 *
 * <p>What users do is what they did. A challenge that only the candidate asks for is never met, and the answer to one
 * that it does not ask for is refused as any other answer without a challenge.
 */
public final class Replay {
    private final NotedExplanation noted = new NotedExplanation();
    private final Decider decider;
    private final Map<Piece, RuleSet> candidate;
    private final Period period;
    private final int usersMax;
    private final boolean isCut;
    private final Findings findings;
    private final Map<String, Worlds> users = new HashMap<>();
    private final Set<String> erased = new HashSet<>();

    /**
     * Starts with no user known.
     *
     * @param candidate rule sets by action
     * @param period of which decisions are compared; events before it make the state
     * @param usersMax users that there is room for
     * @param isCut whether what came first is not on the log any more
     */
    public Replay(
            Secrets secrets,
            Contacts contacts,
            Map<Piece, RuleSet> candidate,
            Period period,
            int usersMax,
            boolean isCut,
            Findings findings) {
        this.decider = new Decider(secrets, contacts, noted);
        this.candidate = Map.copyOf(candidate);
        this.period = period;
        this.usersMax = usersMax;
        this.isCut = isCut;
        this.findings = findings;
    }

    private record Judged(Step step, Optional<Explanation> explanation) {
        Optional<Decision> decision() {
            return step.outcomes().stream()
                    .filter(Outcome.Decided.class::isInstance)
                    .map(outcome -> ((Outcome.Decided) outcome).decision())
                    .findFirst();
        }
    }

    /**
     * Judges the next event.
     *
     * @param configuration as it is at the version that the event is decided under
     * @param recorded what production decided, if it is on the log
     * @throws TooManyUsersException if there is no room for the event's user
     * @throws RuntimeException if the event can't be judged; it has changed nothing
     */
    public void apply(Event event, ConfigurationView configuration, Optional<Recorded> recorded) {
        var userId = event.cause().userId();
        var known = Optional.ofNullable(users.get(userId));
        if (known.isEmpty() && users.size() >= usersMax) throw new TooManyUsersException(usersMax);
        var before = judge(known.map(Worlds::recorded), event, configuration);
        var after = isAlikeInBoth(known, event)
                ? before
                : judge(known.map(Worlds::candidate), event, configuration.with(candidate));
        findings.replayed(event.cause().at());
        var worlds = merged(known, before.step(), after.step());
        if (isNew(known, event)) {
            checkRecord(event.cause(), before, configuration, recorded);
            worlds = compared(worlds, event.cause(), before, after);
        }
        users.put(userId, worlds);
    }

    /** Steps over an event that can't be opened any more, since the user was deleted. */
    public void erased(String userId) {
        erased.add(userId);
        findings.erased();
    }

    private Judged judge(Optional<User> user, Event event, ConfigurationView configuration) {
        noted.take(); // of an event that could not be judged
        var step = decider.decide(user, event, configuration);
        return new Judged(step, noted.take());
    }

    private boolean isAlikeInBoth(Optional<Worlds> known, Event event) {
        if (!known.map(Worlds::isOne).orElse(true)) return false;
        return !(event instanceof Event.Track track
                && candidate.containsKey(
                        Piece.action(track.cause().tenantId(), track.action().actionCode())));
    }

    /** Rules act on a user by their decision alone: where only what explains it differs, the worlds stay one. */
    private static Worlds merged(Optional<Worlds> known, Step before, Step after) {
        var areOne = known.map(Worlds::isOne).orElse(true)
                && unexplained(before.outcomes()).equals(unexplained(after.outcomes()));
        var parted = areOne ? Optional.<User>empty() : Optional.of(after.user());
        return known.map(worlds -> worlds.now(before.user(), parted)).orElseGet(() -> Worlds.of(before.user(), parted));
    }

    private static List<Outcome> unexplained(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome instanceof Outcome.Decided decided
                        ? new Outcome.Decided(unexplained(decided.decision()))
                        : outcome)
                .toList();
    }

    private static Decision unexplained(Decision decision) {
        return decision.with(bare -> bare.ruleIds(List.of())
                .shadowRuleIds(List.of())
                .shadowOutcome(Optional.empty())
                .explanation(Optional.empty()));
    }

    /** Not one that came again. */
    private static boolean isNew(Optional<Worlds> known, Event event) {
        return known.map(worlds -> !worlds.recorded().hasJudged(event.cause().eventId()))
                .orElse(true);
    }

    /** By the rules of the time the replay must come to what was decided (promise P3). */
    private void checkRecord(
            Cause cause, Judged replayed, ConfigurationView configuration, Optional<Recorded> recorded) {
        var decided = decided(replayed, cause);
        if (decided.isEmpty()) return;
        if (recorded.isEmpty()) {
            findings.unrecorded();
            return;
        }
        var judgement = Judgement.of(decided.get(), Optional.empty());
        if (recorded.get().agrees(judgement)) {
            findings.agrees();
            return;
        }
        var reason = recorded.get().configurationVersion() != configuration.version()
                ? Reason.OTHER_CONFIGURATION
                : isCut ? Reason.LOG_CUT : erased.contains(cause.userId()) ? Reason.ERASED : Reason.UNKNOWN;
        var action = decided.get().action();
        findings.deviates(new Deviation(cause, action, recorded.get().judgement(), judgement, reason));
    }

    /** A later event of an action that was decided gets its decision again: nothing was decided. */
    private Optional<Decision> decided(Judged judged, Cause cause) {
        return judged.decision().filter(decision -> decision.cause().equals(cause) && period.has(cause.at()));
    }

    private Worlds compared(Worlds worlds, Cause cause, Judged before, Judged after) {
        var decided = decided(before, cause);
        if (decided.isEmpty() || after.decision().isEmpty()) return worlds;
        var action = decided.get().action();
        findings.decided(action.actionCode(), !worlds.isCounted());
        var difference = new Difference(
                cause,
                action,
                Judgement.of(decided.get(), before.explanation()),
                Judgement.of(after.decision().get(), after.explanation()));
        if (difference.before().isAlike(difference.after())) return worlds.counted();
        findings.differs(
                difference, worlds.affected().isEmpty(), !worlds.affected().contains(action.actionCode()));
        return worlds.counted().affected(action.actionCode());
    }
}
