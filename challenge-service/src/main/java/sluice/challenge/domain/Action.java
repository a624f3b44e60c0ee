package sluice.challenge.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.DerivedId;

/** What is known of an action. Everything in it is bounded. */
public sealed interface Action {
    ActionKey key();

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
     */
    record Awaiting(ActionKey key, List<Waiting> waiting) implements Action {
        static final int WAITING_MAX = 16;

        public Awaiting {
            waiting = List.copyOf(waiting);
        }

        /** An action of which nothing has come. */
        static Awaiting nothing(ActionKey key) {
            return new Awaiting(key, List.of());
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
            return new Awaiting(key, all);
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
     */
    record Decided(Decision decision, int attempts, List<Transition> transitions) implements Action {
        /** More than the table allows a life to have: nothing is forgotten before a longer life is thought of. */
        static final int TRANSITIONS_MAX = 16;

        public Decided {
            transitions = List.copyOf(transitions);
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
                    0);
            return new Decided(decision, 0, List.of(transition));
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
            return transitions.stream().flatMap(each -> each.method().stream()).findFirst();
        }

        /** Authenticator that met the challenge. */
        public Optional<String> authenticatorId() {
            return transitions.stream()
                    .flatMap(each -> each.authenticatorId().stream())
                    .findFirst();
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

        /** The action after a verification; one without an open challenge stays as it is (promise P7). */
        Decided verified(Verification verification) {
            if (!isOpen() || transitionOf(verification.causeId()).isPresent()) return this;
            var tried = new Decided(decision, Math.max(attempts, verification.attempt()), transitions);
            return Trigger.of(verification.result())
                    .flatMap(trigger -> ActionLife.after(state(), trigger)
                            .map(to -> tried.moved(to, trigger.reason(), verification)))
                    .orElse(tried);
        }

        private Decided moved(ActionState to, TransitionReason reason, Verification by) {
            var transition = new Transition(
                    transitionId(by.causeId()),
                    by.causeId(),
                    key(),
                    Optional.of(state()),
                    to,
                    by.verifiedAt(),
                    reason,
                    decision.ruleIds(),
                    decision.configurationVersion(),
                    attempts,
                    by.authenticator().map(authenticator -> by.method()),
                    by.authenticator().map(Authenticator::authenticatorId),
                    Math.max(
                            0,
                            Duration.between(decision.decidedAt(), by.verifiedAt())
                                    .toMillis()));
            var all = Stream.concat(transitions.stream(), Stream.of(transition)).toList();
            return new Decided(decision, attempts, all.subList(Math.max(0, all.size() - TRANSITIONS_MAX), all.size()));
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
