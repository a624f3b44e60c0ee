package sluice.rules.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.User;
import sluice.rules.domain.throttle.KnownDevice;
import sluice.rules.domain.throttle.NetworkFailures;
import sluice.rules.domain.throttle.Origin;
import sluice.rules.domain.throttle.Pace;
import sluice.rules.domain.throttle.Source;
import sluice.rules.domain.throttle.Throttle;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOrigin;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * Carries throttles to their store and back. What strangers have left of their budget lies in the user's record, where it
 * lay when there was no other budget; whence failures came lies sealed beside it.
 */
final class ThrottleMapper {
    private static final String THROTTLE = "throttle";

    private final Sealing sealing;
    private final AvroSerde<sluice.schemas.Throttle> throttles;

    ThrottleMapper(Sealing sealing, SchemaIds ids) {
        this.sealing = sealing;
        this.throttles = new AvroSerde<>(sluice.schemas.Throttle.class, ids);
    }

    Optional<Sealed> seal(User user) {
        var throttle = user.throttle();
        var isBare = throttle.failures().isEmpty()
                && throttle.devices().isEmpty()
                && throttle.origins().isEmpty();
        if (isBare) return Optional.empty();
        var plain = throttles.toBytes(toAvro(throttle));
        return Optional.of(new Sealed(sealing.seal(plain, THROTTLE, user.tenantId(), user.userId())));
    }

    Throttle open(sluice.schemas.User read) {
        var sealed = read.getSealedThrottle();
        var kept = sealed == null
                ? sluice.schemas.Throttle.newBuilder().build()
                : throttles.fromBytes(
                        sealing.open(Sealed.of(sealed).bytes(), THROTTLE, read.getTenantId(), read.getUserId()));
        return new Throttle(
                new Pace(read.getAttemptsAt(), Optional.ofNullable(read.getLockedUntil())),
                failures(kept, read.getConsecutiveFailures()),
                kept.getDevices().stream().map(ThrottleMapper::toDomain).toList(),
                kept.getOrigins().stream().map(ThrottleMapper::toDomain).toList());
    }

    /** Failures that were counted when nobody asked whence they came: as old as can be, of no network that is told apart. */
    private static List<NetworkFailures> failures(sluice.schemas.Throttle kept, int strangersFailures) {
        var failures = new ArrayList<NetworkFailures>();
        for (var each : kept.getFailures()) {
            failures.add(new NetworkFailures(each.getNetwork(), each.getCount(), each.getLastAt()));
        }
        var rest = strangersFailures
                - failures.stream().mapToInt(NetworkFailures::count).sum();
        if (rest > 0) failures.add(NetworkFailures.others(rest, Instant.EPOCH));
        return failures;
    }

    private static sluice.schemas.Throttle toAvro(Throttle throttle) {
        return sluice.schemas.Throttle.newBuilder()
                .setFailures(throttle.failures().stream()
                        .map(each -> new sluice.schemas.NetworkFailures(each.network(), each.count(), each.lastAt()))
                        .toList())
                .setDevices(
                        throttle.devices().stream().map(ThrottleMapper::toAvro).toList())
                .setOrigins(
                        throttle.origins().stream().map(ThrottleMapper::toAvro).toList())
                .build();
    }

    private static sluice.schemas.KnownDevice toAvro(KnownDevice known) {
        return sluice.schemas.KnownDevice.newBuilder()
                .setDevice(known.device())
                .setVerifiedAt(known.verifiedAt())
                .setFailures(known.failures())
                .setAttemptsAt(known.pace().attemptsAt())
                .setLockedUntil(known.pace().lockedUntil().orElse(null))
                .build();
    }

    private static KnownDevice toDomain(sluice.schemas.KnownDevice read) {
        return new KnownDevice(
                read.getDevice(),
                read.getVerifiedAt(),
                read.getFailures(),
                new Pace(read.getAttemptsAt(), Optional.ofNullable(read.getLockedUntil())));
    }

    private static ActionOrigin toAvro(Origin origin) {
        return ActionOrigin.newBuilder()
                .setActionCode(origin.action().actionCode())
                .setIdempotencyKey(origin.action().idempotencyKey())
                .setDevice(origin.source().device().orElse(null))
                .setNetwork(origin.source().network())
                .build();
    }

    private static Origin toDomain(ActionOrigin read) {
        return new Origin(
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                new Source(Optional.ofNullable(read.getDevice()), read.getNetwork()));
    }
}
