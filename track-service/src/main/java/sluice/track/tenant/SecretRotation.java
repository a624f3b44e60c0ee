package sluice.track.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;

/** Changes a tenant's API secrets while calls go on: a new one beside the old, then the new one alone (S26, E3). */
public final class SecretRotation {
    /** How long the older one stays good unless somebody says otherwise. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private final ConfigurationFollower configuration;
    private final Sealing sealing;
    private final InstantSource clock;
    private final Author author;

    /** @param author of the changes */
    public SecretRotation(ConfigurationFollower configuration, Sealing sealing, InstantSource clock, Author author) {
        this.configuration = configuration;
        this.sealing = sealing;
        this.clock = clock;
        this.author = author;
    }

    /**
     * A new secret: it is shown this once.
     *
     * @param secret to give to callers
     * @param olderRetiresAt when the one before stops; empty if there was none
     */
    public record Added(String secret, Optional<Instant> olderRetiresAt) {
        @Override
        public String toString() {
            return "Added(" + olderRetiresAt + ")";
        }
    }

    /**
     * Adds a secret, which is good at every ingress some milliseconds later.
     *
     * @param overlap how long the older one stays good
     * @throws IllegalStateException if two are good already, or there is no such tenant
     */
    public Added add(String tenantId, SecretKind kind, Duration overlap) {
        var secret = Credentials.newSecret();
        var changed = change(tenantId, kind, before -> {
            if (before.good(clock.instant()).size() >= Secrets.GOOD_MAX) {
                throw new IllegalStateException("Two %s secrets are good already: ./sluice retire-secret %s first"
                        .formatted(kind.text(), kind.text()));
            }
            return before.with(key(sealing, tenantId, secret, clock.instant()), clock.instant(), overlap);
        });
        return new Added(
                secret,
                changed.good(clock.instant()).stream().skip(1).findFirst().flatMap(SecretKey::retiresAt));
    }

    /**
     * Retires all but the newest secret, at once.
     *
     * @return ids of those that were good until now
     * @throws IllegalStateException if there is no such tenant
     */
    public List<String> retireOlder(String tenantId, SecretKind kind) {
        var good = secrets(tenantId, kind).good(clock.instant());
        change(tenantId, kind, before -> before.retireOlder(clock.instant()));
        return good.stream().skip(1).map(SecretKey::id).toList();
    }

    /** All that are there or were of late, newest first. */
    public Secrets secrets(String tenantId, SecretKind kind) {
        return kind.of(tenant(tenantId));
    }

    private Tenant tenant(String tenantId) {
        return configuration
                .newest()
                .tenant(tenantId)
                .orElseThrow(() -> new IllegalStateException("There is no tenant " + tenantId + " on this log yet"));
    }

    /** Of two that change a tenant at once, the later one starts again from what the earlier has made. */
    private Secrets change(String tenantId, SecretKind kind, UnaryOperator<Secrets> change) {
        var piece = Piece.tenant(tenantId);
        while (true) {
            var basedOn = configuration.newest().changedAt(piece);
            var before = tenant(tenantId);
            var after = change.apply(kind.of(before));
            if (after.equals(kind.of(before))) return after;
            var written = new Change(
                    UUID.randomUUID().toString(),
                    piece,
                    basedOn,
                    clock.instant(),
                    author,
                    Optional.of(kind.with(before, after)));
            if (configuration.append(written).join()) return after;
        }
    }

    static SecretKey key(Sealing sealing, String tenantId, String secret, Instant now) {
        return new SecretKey(
                SecretHash.of(secret),
                new Sealed(sealing.seal(secret.getBytes(UTF_8), "api-secret", tenantId)),
                Optional.of(now),
                Optional.empty());
    }
}
