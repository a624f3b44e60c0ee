package sluice.challenge.domain;

import java.util.Optional;

/** What the world is told of an event. */
public sealed interface Outcome {
    <R> R match(Cases<R> cases);

    /** The action went on. */
    record Transitioned(Transition transition) implements Outcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.transitioned(this);
        }
    }

    /**
     * Somebody who waits gets an answer.
     *
     * @param action as it is after the event
     * @param verification what came, if it was a verification
     */
    record Answered(Asker to, Action.Decided action, Optional<Verification> verification) implements Outcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.answered(this);
        }
    }

    /** Somebody who waits is told that there is no such action. */
    record NotFound(Asker to) implements Outcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.notFound(this);
        }
    }

    /** One method a case: a new case does not compile until every reader handles it. */
    interface Cases<R> {
        R transitioned(Transitioned outcome);

        R answered(Answered outcome);

        R notFound(NotFound outcome);
    }
}
