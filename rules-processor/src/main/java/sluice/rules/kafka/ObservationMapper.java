package sluice.rules.kafka;

import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.Outcome;
import sluice.rules.domain.signal.Observation;
import sluice.runtime.kafka.MalformedEventException;
import sluice.runtime.signal.SignalKeys;
import sluice.schemas.ObservationKind;
import sluice.schemas.SignalObservation;
import sluice.schemas.id.EventTime;

/** Carries observations to the log, with address, device and user hashed, and back. */
final class ObservationMapper {
    private final SignalKeys keys;

    ObservationMapper(SignalKeys keys) {
        this.keys = keys;
    }

    /** The record, under the key of its address or device. */
    KeyValue<String, SignalObservation> toAvro(Outcome.Observed observed) {
        var cause = observed.cause();
        var key = keys.of(cause.tenantId(), observed.signal(), observed.value());
        return KeyValue.pair(
                key,
                SignalObservation.newBuilder()
                        .setEventId(observed.eventId())
                        .setTenantId(cause.tenantId())
                        .setSignal(observed.signal())
                        .setKind(observed.kind())
                        .setWho(who(key, observed))
                        .setObservedAt(cause.at())
                        .build());
    }

    private long who(String key, Outcome.Observed observed) {
        return switch (observed.kind()) {
            case USER -> keys.user(key, observed.cause().userId());
            case FAILURE, FAILED_CHALLENGE, MAIL ->
                UUID.fromString(observed.eventId()).getMostSignificantBits();
            case UNKNOWN -> throw new AssertionError("No observation is of a kind that came later");
        };
    }

    /** @throws MalformedEventException if it is none that can be counted */
    static Observation toDomain(String key, @Nullable SignalObservation read) {
        if (read == null || read.getKind() == ObservationKind.UNKNOWN) {
            throw new MalformedEventException("An observation of nothing that is known");
        }
        if (!EventTime.isSound(read.getObservedAt())) throw new MalformedEventException("An observation out of time");
        return new Observation(read.getKind(), read.getWho(), read.getObservedAt());
    }
}
