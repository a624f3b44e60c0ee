package sluice.deploy.replay;

import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;

/**
 * A record of an outcome topic.
 *
 * @param topic its name without the prefix
 * @param at event time
 * @param by who is behind it, if it says so
 */
public record OutcomeRecord(
        String topic, String eventId, String causeId, Instant at, Optional<Actor> by, SpecificRecord value) {

    /** @throws IllegalArgumentException if it is no outcome */
    public static OutcomeRecord of(SpecificRecord value) {
        if (value instanceof Decision read)
            return new OutcomeRecord(
                    "decisions",
                    read.getEventId(),
                    read.getCauseId(),
                    read.getDecidedAt(),
                    ActorMapper.toDomain(read.getBy()),
                    read);
        if (value instanceof Verification read)
            return new OutcomeRecord(
                    "verifications",
                    read.getEventId(),
                    read.getCauseId(),
                    read.getVerifiedAt(),
                    ActorMapper.toDomain(read.getBy()),
                    read);
        if (value instanceof UserChange read)
            return new OutcomeRecord(
                    "user-changes",
                    read.getEventId(),
                    read.getCauseId(),
                    read.getChangedAt(),
                    ActorMapper.toDomain(read.getBy()),
                    read);
        if (value instanceof ChallengeTransition read)
            return new OutcomeRecord(
                    "challenge-transitions",
                    read.getEventId(),
                    read.getCauseId(),
                    read.getTransitionedAt(),
                    ActorMapper.toDomain(read.getBy()),
                    read);
        throw new IllegalArgumentException("No outcome");
    }
}
