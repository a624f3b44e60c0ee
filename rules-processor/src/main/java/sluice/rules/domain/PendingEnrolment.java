package sluice.rules.domain;

import java.time.Instant;

/**
 * An enrolment that awaits its first code.
 *
 * @param action the only action whose tokens can finish it
 * @param expiresAt when it lapses
 */
public record PendingEnrolment(EnrolledAuthenticator enrolled, ActionKey action, Instant expiresAt) {

    /** Whether a code for an action may finish it now. */
    boolean awaits(ActionKey answered, Instant at) {
        return action.equals(answered) && at.isBefore(expiresAt);
    }
}
