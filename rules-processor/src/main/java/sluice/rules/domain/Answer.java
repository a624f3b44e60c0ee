package sluice.rules.domain;

import java.time.Instant;
import java.util.List;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationResult;

/**
 * What came of one of the user's latest verify events or commands, to be given again if it comes again.
 *
 * @param causeId eventId of the event
 * @param at the event's time
 */
public record Answer(String causeId, Instant at, List<Outcome> outcomes) {
    public Answer {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether the event took this authenticator from the user. */
    boolean isRemovalOf(String authenticatorId) {
        return outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Outcome.Changed changed
                        && changed.kind() == UserChangeKind.AUTHENTICATOR_DELETED
                        && changed.authenticator()
                                .filter(gone -> gone.authenticatorId().equals(authenticatorId))
                                .isPresent());
    }

    /** Whether the event was one beyond the rate: an attempt whose code was not looked at, a code that was not sent. */
    boolean isRateLimited() {
        return outcomes.stream().anyMatch(Answer::isRateLimited);
    }

    private static boolean isRateLimited(Outcome outcome) {
        if (outcome instanceof Outcome.Changed changed) return changed.retryAt().isPresent();
        return outcome instanceof Outcome.Verified verified && verified.result() == VerificationResult.RATE_LIMITED;
    }
}
