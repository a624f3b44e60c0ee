package sluice.deploy.replay;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;

/**
 * A record of an outcome topic.
 *
 * @param topic its name without the prefix
 * @param at event time
 */
public record OutcomeRecord(String topic, String eventId, String causeId, Instant at, SpecificRecord value) {

    /** @throws IllegalArgumentException if it is no outcome */
    public static OutcomeRecord of(SpecificRecord value) {
        if (value instanceof Decision read)
            return new OutcomeRecord("decisions", read.getEventId(), read.getCauseId(), read.getDecidedAt(), read);
        if (value instanceof Verification read)
            return new OutcomeRecord("verifications", read.getEventId(), read.getCauseId(), read.getVerifiedAt(), read);
        if (value instanceof UserChange read)
            return new OutcomeRecord("user-changes", read.getEventId(), read.getCauseId(), read.getChangedAt(), read);
        if (value instanceof ChallengeTransition read)
            return new OutcomeRecord(
                    "challenge-transitions", read.getEventId(), read.getCauseId(), read.getTransitionedAt(), read);
        throw new IllegalArgumentException("No outcome");
    }
}
