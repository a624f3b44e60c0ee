package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sluice.rules.domain.history.History;
import sluice.rules.domain.throttle.Source;
import sluice.rules.domain.throttle.Throttle;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.VerificationMethod;

/**
 * All that is known of a user. Everything in it is bounded: in number, and in age by the time of the events.
 *
 * @param createdAt event time of the user's first event, or of their deletion
 * @param configurationVersion newest version that an event of the user was judged under
 * @param authenticators usable ones
 * @param pendingEnrolment the one that awaits its first code; starting again replaces it
 * @param recentActions latest actions, oldest first
 * @param history what they have been doing, for rules to read
 * @param answers outcomes of the latest events, oldest first
 * @param recoveryCodes the set issued last; it goes with the last authenticator
 * @param sessions live ones, oldest first
 * @param sentCodes codes that were sent
 */
@RecordBuilder
public record User(
        String tenantId,
        String userId,
        Instant createdAt,
        Profile profile,
        long configurationVersion,
        List<EnrolledAuthenticator> authenticators,
        Optional<PendingEnrolment> pendingEnrolment,
        List<RecentAction> recentActions,
        Throttle throttle,
        History history,
        List<Answer> answers,
        Optional<RecoveryCodes> recoveryCodes,
        List<LiveSession> sessions,
        SentCodes sentCodes)
        implements UserBuilder.With {
    static final int AUTHENTICATORS_MAX = 10;
    static final int RECENT_ACTIONS_MAX = 32;
    static final int ANSWERS_MAX = 32;
    static final int SESSIONS_MAX = 20;

    /** Latest actions whose decisions are remembered with their explanations: a redelivery after a crash wants those. */
    static final int EXPLANATIONS_MAX = 2;

    /** Longer than a challenge and its last token live. */
    static final Duration RECENT_ACTIONS_AGE = Duration.ofMinutes(30);

    /** Longer than a crash and the redelivery after it take. */
    static final Duration ANSWERS_AGE = Duration.ofMinutes(10);

    /** Answers that stay however old they are: a backlog may hold hours of events between two commits. */
    static final int ANSWERS_KEPT = 4;

    public User {
        authenticators = List.copyOf(authenticators);
        recentActions = List.copyOf(recentActions);
        answers = List.copyOf(answers);
        sessions = List.copyOf(sessions);
    }

    /** A user of whom this is the first event. */
    static User first(Cause cause) {
        return new User(
                cause.tenantId(),
                cause.userId(),
                cause.at(),
                Profile.UNKNOWN,
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                Throttle.FRESH,
                History.NONE,
                List.of(),
                Optional.empty(),
                List.of(),
                SentCodes.NONE);
    }

    /** Methods of the usable authenticators, each once. */
    public List<VerificationMethod> enrolledMethods() {
        return authenticators.stream()
                .map(each -> each.authenticator().method())
                .distinct()
                .toList();
    }

    boolean isEnrolled() {
        return !authenticators.isEmpty();
    }

    Optional<RecentAction> recentAction(ActionKey key) {
        for (var action : recentActions) {
            if (action.key().equals(key)) return Optional.of(action);
        }
        return Optional.empty();
    }

    /** A usable authenticator. */
    Optional<EnrolledAuthenticator> authenticator(String authenticatorId) {
        return authenticators.stream()
                .filter(each -> each.id().equals(authenticatorId))
                .findFirst();
    }

    /** The contact that a code was sent to, of an authenticator that is bound or about to be; empty if it is gone. */
    public Optional<Sealed> addressee(SentCode code) {
        return authenticator(code.authenticatorId())
                .or(() -> pendingEnrolment.map(PendingEnrolment::enrolled).filter(pending -> pending.id()
                        .equals(code.authenticatorId())))
                .flatMap(target -> target.authenticator().contact());
    }

    /** A live session. */
    Optional<LiveSession> session(String sessionId) {
        return sessions.stream().filter(each -> each.id().equals(sessionId)).findFirst();
    }

    /** What was answered to an event, if it was answered before. */
    Optional<List<Outcome>> answerTo(String eventId) {
        return answers.stream()
                .filter(answer -> answer.causeId().equals(eventId))
                .findFirst()
                .map(Answer::outcomes);
    }

    /**
     * Time of the latest event that is remembered. Answers are judged no earlier: a clock that went back opens no
     * challenge again whose time was over, and no code is good again that was (S9).
     */
    Instant latestAt() {
        return Stream.concat(
                        answers.stream().map(Answer::at),
                        recentActions.stream()
                                .map(action -> action.decision().cause().at()))
                .max(Comparator.naturalOrder())
                .orElse(createdAt);
    }

    /** Whether the authenticator was removed lately. */
    boolean hasLost(String authenticatorId) {
        return answers.stream().anyMatch(answer -> answer.isRemovalOf(authenticatorId));
    }

    /** Whether the event was judged before, as far as anybody remembers. */
    public boolean hasJudged(String eventId) {
        return answerTo(eventId).isPresent()
                || recentActions.stream()
                        .anyMatch(action -> action.decision().cause().eventId().equals(eventId));
    }

    /** Whether anything is known of the user but what was answered; of a deleted one nothing is. */
    public boolean isKnown() {
        return !profile.equals(Profile.UNKNOWN)
                || isEnrolled()
                || recentActions.stream().anyMatch(action -> !action.isRevoked());
    }

    /** The user without what is too old to matter to an event of this time. */
    User forget(Instant at) {
        var oldest = at.minus(RECENT_ACTIONS_AGE);
        var actions =
                kept(recentActions, action -> action.decision().cause().at().isAfter(oldest) || action.isReopened(at));
        return with(
                after -> after.pendingEnrolment(pendingEnrolment.filter(pending -> at.isBefore(pending.expiresAt())))
                        .recentActions(actions)
                        .throttle(originsOf(actions))
                        .answers(stillWanted(at))
                        .sessions(kept(sessions, session -> !session.isOver(at)))
                        .sentCodes(sentCodes.forget(at)));
    }

    private Throttle originsOf(List<RecentAction> actions) {
        return actions.size() == recentActions.size()
                ? throttle
                : throttle.forgetting(
                        key -> actions.stream().noneMatch(action -> action.key().equals(key)));
    }

    /** The list itself where all of it is kept, as mostly it is: every event comes by here. */
    private static <T> List<T> kept(List<T> all, Predicate<T> isKept) {
        for (var each : all) {
            if (!isKept.test(each)) return all.stream().filter(isKept).toList();
        }
        return all;
    }

    private List<Answer> stillWanted(Instant at) {
        if (answers.size() <= ANSWERS_KEPT) return answers;
        var newest = answers.subList(answers.size() - ANSWERS_KEPT, answers.size());
        return kept(answers, answer -> answer.at().plus(ANSWERS_AGE).isAfter(at) || newest.contains(answer));
    }

    User told(Profile told) {
        return withProfile(profile.told(told));
    }

    /** The user as nobody knows them any more. What was answered lately stays known, for events that come again. */
    User deleted(Instant at) {
        return with(deleted -> deleted.createdAt(at)
                .profile(Profile.UNKNOWN)
                .authenticators(List.of())
                .pendingEnrolment(Optional.empty())
                .recoveryCodes(Optional.empty())
                .recentActions(recentActions.stream()
                        .map(action -> action.revoked().withoutExplanation())
                        .toList())
                .throttle(Throttle.FRESH)
                .history(History.NONE)
                .sessions(List.of())
                .sentCodes(SentCodes.NONE));
    }

    User judgedUnder(long version) {
        return withConfigurationVersion(Math.max(version, configurationVersion));
    }

    /**
     * The user with one more action. Beyond the limit a finished action goes first, then one that came from no known
     * device, so that strangers can't crowd out the user's own (E12), then the oldest.
     *
     * @param source where it came from
     */
    User tracked(RecentAction action, Source source) {
        var actions = new ArrayList<>(recentActions);
        actions.add(action);
        if (actions.size() > RECENT_ACTIONS_MAX) {
            var leaves = first(actions, each -> !each.isOpen())
                    .or(() -> first(actions, each -> !throttle.isOfKnownDevice(each.key())))
                    .orElse(actions.get(0));
            actions.remove(leaves);
        }
        var explained = actions.size() - EXPLANATIONS_MAX;
        if (explained > 0) actions.set(explained - 1, actions.get(explained - 1).withoutExplanation());
        return withRecentActions(actions).withThrottle(throttle.came(action.key(), source));
    }

    private static Optional<RecentAction> first(List<RecentAction> actions, Predicate<RecentAction> isIt) {
        return actions.stream().filter(isIt).findFirst();
    }

    /** The user with an action that has changed. */
    User with(RecentAction changed) {
        var actions = recentActions.stream()
                .map(action -> action.key().equals(changed.key()) ? changed : action)
                .toList();
        return withRecentActions(actions);
    }

    /** The authenticator whose enrolment this answer may finish. */
    Optional<EnrolledAuthenticator> enrolling(Event.Verify event) {
        return pendingEnrolment
                .filter(pending -> pending.awaits(event.action(), event.cause().at()))
                .map(PendingEnrolment::enrolled);
    }

    User enrolling(PendingEnrolment started) {
        return withPendingEnrolment(Optional.of(started));
    }

    /** The user with an authenticator that has changed, or is new; an enrolment of it is not pending any more. */
    User with(EnrolledAuthenticator changed) {
        var isKnown = authenticator(changed.id()).isPresent();
        var all = isKnown
                ? authenticators.stream()
                        .map(each -> each.id().equals(changed.id()) ? changed : each)
                        .toList()
                : Stream.concat(authenticators.stream(), Stream.of(changed)).toList();
        return withAuthenticators(all)
                .withPendingEnrolment(pendingEnrolment.filter(
                        pending -> !pending.enrolled().id().equals(changed.id())));
    }

    /** The user with this authenticator as the one to offer first, and no other. */
    User offering(EnrolledAuthenticator first) {
        var all = authenticators.stream()
                .map(each -> each.offeredFirst(each.id().equals(first.id())))
                .toList();
        return withAuthenticators(all);
    }

    /** The user without an authenticator; of those that are left the oldest is the default where it was. */
    User without(EnrolledAuthenticator gone) {
        var left = new ArrayList<>(authenticators);
        left.remove(gone);
        if (gone.isDefault() && !left.isEmpty()) {
            var oldest = Collections.min(
                    left, Comparator.comparing(each -> each.authenticator().createdAt()));
            left.replaceAll(each -> each.offeredFirst(each.id().equals(oldest.id())));
        }
        return withAuthenticators(left).withRecoveryCodes(recoveryCodes.filter(codes -> !left.isEmpty()));
    }

    /** The user with a session that has changed, or is new; beyond the limit the oldest ends. */
    User with(LiveSession changed) {
        var all = new ArrayList<>(sessions);
        all.replaceAll(each -> each.id().equals(changed.id()) ? changed : each);
        if (session(changed.id()).isEmpty()) all.add(changed);
        if (all.size() > SESSIONS_MAX) all.remove(0);
        return withSessions(all);
    }

    /** The user without a session. */
    User without(LiveSession ended) {
        return withSessions(
                sessions.stream().filter(each -> !each.id().equals(ended.id())).toList());
    }

    /**
     * The user who will give the same answer if the event comes again. Beyond the limit an answer goes first that looked
     * at no code, so that a flood of attempts does not crowd out what was decided.
     */
    User answered(Cause cause, List<Outcome> outcomes) {
        var all = new ArrayList<>(answers);
        all.add(new Answer(cause.eventId(), cause.at(), outcomes));
        if (all.size() > ANSWERS_MAX) {
            all.remove(all.stream().filter(Answer::isRateLimited).findFirst().orElse(all.get(0)));
        }
        return withAnswers(all);
    }
}
