package sluice.challenge.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.DerivedId;

/** What is known of an action. Everything in it is bounded. */
public sealed interface Action {
    ActionKey key();

    /** A list with one more at its end; beyond the limit the first leaves. */
    private static <T> List<T> latest(List<T> before, T came, int max) {
        var all = Stream.concat(before.stream(), Stream.of(came)).toList();
        return all.subList(Math.max(0, all.size() - max), all.size());
    }

    <R> R match(Cases<R> cases);

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R awaiting(Awaiting action);

        R decided(Decided action);
    }

    /**
     * An action of which only verifications have come: decisions and verifications travel on two topics.
     *
     * @param waiting in the order that they came
     * @param updates likewise; they are applied after the verifications
     */
    record Awaiting(ActionKey key, List<Waiting> waiting, List<WaitingUpdate> updates) implements Action {
        static final int WAITING_MAX = 16;

        public Awaiting {
            waiting = List.copyOf(waiting);
            updates = List.copyOf(updates);
        }

        /** An action of which nothing has come. */
        public static Awaiting nothing(ActionKey key) {
            return new Awaiting(key, List.of(), List.of());
        }

        /**
         * The action with one more waiting, once however often it comes. Beyond the limit the oldest that ends nothing
         * leaves first.
         */
        Awaiting with(Waiting came) {
            if (waiting.contains(came)) return this;
            var all = new ArrayList<>(waiting);
            all.add(came);
            if (all.size() > WAITING_MAX) {
                all.remove(all.stream()
                        .filter(each -> Trigger.of(each.verification().result()).isEmpty())
                        .findFirst()
                        .orElse(all.get(0)));
            }
            return new Awaiting(key, all, updates);
        }

        /** The action with one more update waiting, once however often it comes; beyond the limit the oldest leaves. */
        Awaiting with(WaitingUpdate came) {
            return updates.contains(came) ? this : new Awaiting(key, waiting, latest(updates, came, WAITING_MAX));
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.awaiting(this);
        }
    }

    /**
     * An action that was decided; it stands where its last transition led.
     *
     * @param decision the first that came: it stays
     * @param attempts of its challenge so far
     * @param transitions latest, oldest first, never none: a cause that comes again finds its own here
     * @param idle latest causes that moved nothing, but would have if the action had stood elsewhere: where a backend
     *     has set another state meanwhile, they must not when they come again
     * @param reopenedUntil when a challenge that a backend has opened lapses; empty: when the decision says
     */
    record Decided(
            Decision decision,
            int attempts,
            List<Transition> transitions,
            List<String> idle,
            Optional<Instant> reopenedUntil)
            implements Action {
        /** More than the table allows a life to have, and than a redelivery brings again of updates to one action. */
        static final int TRANSITIONS_MAX = 16;

        static final int IDLE_MAX = 16;

        public Decided {
            transitions = List.copyOf(transitions);
            idle = List.copyOf(idle);
            if (attempts < 0) throw new IllegalArgumentException("Attempts are counted from 0");
            if (transitions.isEmpty()) throw new IllegalArgumentException("A decided action has a state");
            for (var i = 1; i < transitions.size(); i++) {
                if (!transitions
                        .get(i)
                        .from()
                        .equals(Optional.of(transitions.get(i - 1).to()))) {
                    throw new IllegalArgumentException("A transition begins where the one before has led");
                }
            }
        }

        /** The action as its decision makes it. */
        static Decided first(Decision decision) {
            var transition = new Transition(
                    transitionId(decision.causeId()),
                    decision.causeId(),
                    decision.action(),
                    Optional.empty(),
                    decision.state(),
                    decision.decidedAt(),
                    TransitionReason.DECIDED,
                    decision.ruleIds(),
                    decision.configurationVersion(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    decision.by());
            return new Decided(decision, 0, List.of(transition), List.of(), Optional.empty());
        }

        @Override
        public ActionKey key() {
            return decision.action();
        }

        /** Where it stands. */
        public ActionState state() {
            return last().to();
        }

        /** Event time of the last transition. */
        public Instant stateUpdatedAt() {
            return last().transitionedAt();
        }

        /** Method that met the challenge. */
        public Optional<VerificationMethod> verificationMethod() {
            return met().method();
        }

        /** Authenticator that met the challenge. */
        public Optional<String> authenticatorId() {
            return met().authenticatorId();
        }

        /** The transition that met the challenge, if one has since it was last opened; else any that met none. */
        private Transition met() {
            return transitions.stream()
                    .filter(each ->
                            each.to() == ActionState.CHALLENGE_SUCCEEDED || each.to() == ActionState.CHALLENGE_REQUIRED)
                    .reduce((earlier, later) -> later)
                    .orElseGet(this::last);
        }

        /** When its challenge lapses. */
        public Optional<Instant> expiresAt() {
            return reopenedUntil.or(decision::expiresAt);
        }

        /** Whether a challenge awaits its answer. */
        public boolean isOpen() {
            return state() == ActionState.CHALLENGE_REQUIRED;
        }

        /** The transition that a cause made, if it made one. */
        Optional<Transition> transitionOf(String causeId) {
            return transitions.stream()
                    .filter(each -> each.causeId().equals(causeId))
                    .findFirst();
        }

        private boolean isApplied(String causeId) {
            return idle.contains(causeId) || transitionOf(causeId).isPresent();
        }

        /** The action after a verification; one without an open challenge stays where it is (promise P7). */
        Decided verified(Verification verification) {
            if (isApplied(verification.causeId())) return this;
            var trigger = Trigger.of(verification.result());
            if (!isOpen()) return trigger.isPresent() ? idling(verification.causeId()) : this;
            var tried =
                    new Decided(decision, Math.max(attempts, verification.attempt()), transitions, idle, reopenedUntil);
            return trigger.flatMap(moves ->
                            ActionLife.after(state(), moves).map(to -> tried.moved(to, moves.reason(), verification)))
                    .orElse(tried);
        }

        /** The action in the state that a backend wants; in that state already, it stays as it is. */
        Decided updated(Update update) {
            if (isApplied(update.causeId())) return this;
            if (!ActionLife.mayBeSet(state(), update.state())) return idling(update.causeId());
            var transition = transition(
                    update.causeId(),
                    update.state(),
                    TransitionReason.UPDATED,
                    update.updatedAt(),
                    Optional.empty(),
                    Optional.empty(),
                    update.by());
            return new Decided(
                    decision, attempts, latest(transitions, transition, TRANSITIONS_MAX), idle, update.expiresAt());
        }

        private Decided idling(String causeId) {
            return new Decided(decision, attempts, transitions, latest(idle, causeId, IDLE_MAX), reopenedUntil);
        }

        private Decided moved(ActionState to, TransitionReason reason, Verification by) {
            var transition = transition(
                    by.causeId(),
                    to,
                    reason,
                    by.verifiedAt(),
                    by.authenticator().map(authenticator -> by.method()),
                    by.authenticator().map(Authenticator::authenticatorId),
                    by.by());
            return new Decided(
                    decision, attempts, latest(transitions, transition, TRANSITIONS_MAX), idle, reopenedUntil);
        }

        private Transition transition(
                String causeId,
                ActionState to,
                TransitionReason reason,
                Instant at,
                Optional<VerificationMethod> method,
                Optional<String> authenticatorId,
                Optional<Actor> by) {
            return new Transition(
                    transitionId(causeId),
                    causeId,
                    key(),
                    Optional.of(state()),
                    to,
                    at,
                    reason,
                    decision.ruleIds(),
                    decision.configurationVersion(),
                    attempts,
                    method,
                    authenticatorId,
                    Math.max(0, Duration.between(decision.decidedAt(), at).toMillis()),
                    by);
        }

        private static String transitionId(String causeId) {
            return DerivedId.of(causeId, "transition");
        }

        private Transition last() {
            return transitions.get(transitions.size() - 1);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.decided(this);
        }
    }
}
