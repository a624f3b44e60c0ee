package sluice.runtime.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.domain.Actor;

/** Carries who is behind a record to the log and back: the same for every service and record. */
public final class ActorMapper {
    private ActorMapper() {}

    /** @throws IllegalArgumentException if what the record says names nobody */
    public static Optional<Actor> toDomain(sluice.schemas.@Nullable Actor read) {
        return Optional.ofNullable(read)
                .map(by -> new Actor(by.getCredential(), Optional.ofNullable(by.getCredentialId()), by.getCall()));
    }

    public static sluice.schemas.@Nullable Actor toAvro(Optional<Actor> by) {
        return by.map(ActorMapper::toAvro).orElse(null);
    }

    public static sluice.schemas.Actor toAvro(Actor by) {
        return new sluice.schemas.Actor(by.credential(), by.credentialId().orElse(null), by.call());
    }
}
