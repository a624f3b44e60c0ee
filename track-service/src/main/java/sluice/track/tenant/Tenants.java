package sluice.track.tenant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.configuration.domain.Setting.Tenant;

/** Finds the tenant that a secret belongs to, and shows when each was last used here. Thread-safe. */
public final class Tenants {
    private final ConfigurationSource configuration;
    private final InstantSource clock;
    private final MultiGauge lastUse;
    private final Map<String, Key> known = new HashMap<>();
    private volatile Snapshot snapshot;

    private record Snapshot(long version, List<Key> keys) {}

    /**
     * What a secret opens.
     *
     * @param secretId what the secret is called where it must not be shown
     */
    public record Opened(String tenantId, String secretId) {}

    /** A secret of a tenant; that it was used is remembered by this process alone, and never on the log. */
    private static final class Key {
        private final String tenantId;
        private final SecretKind kind;
        private final SecretKey secret;
        private final Opened opened;
        private volatile long usedAt;

        Key(String tenantId, SecretKind kind, SecretKey secret, long usedAt) {
            this.tenantId = tenantId;
            this.kind = kind;
            this.secret = secret;
            this.opened = new Opened(tenantId, secret.id());
            this.usedAt = usedAt;
        }

        private boolean is(SecretKind wanted, String hash, Instant now) {
            var isIt = SecretHash.equal(secret.hash(), hash);
            return isIt && kind == wanted && secret.isGood(now);
        }

        private String place() {
            return tenantId + '/' + kind + '/' + secret.hash();
        }
    }

    /** @param meters get when each secret was last used */
    public Tenants(ConfigurationSource configuration, InstantSource clock, MeterRegistry meters) {
        this.configuration = configuration;
        this.clock = clock;
        this.lastUse = MultiGauge.builder("sluice.secret.last.use")
                .description("When a secret last opened this process, in seconds since 1970; 0: not since it runs")
                .baseUnit("seconds")
                .register(meters);
        this.snapshot = snapshot(configuration.newest());
    }

    /** What this server API secret opens. */
    public Optional<Opened> ofApiSecret(String secret) {
        return owner(SecretKind.SERVER, secret);
    }

    /** What this management API secret opens. */
    public Optional<Opened> ofManagementSecret(String secret) {
        return owner(SecretKind.MANAGEMENT, secret);
    }

    /** Whether there is such a tenant. */
    public boolean exists(String tenantId) {
        return configuration.newest().tenant(tenantId).isPresent();
    }

    /** Compares with every key, so that the time taken tells nothing. */
    private Optional<Opened> owner(SecretKind kind, String secret) {
        var hash = SecretHash.of(secret);
        var now = clock.instant();
        var owner = Optional.<Key>empty();
        for (var key : newest().keys()) {
            if (key.is(kind, hash, now)) owner = Optional.of(key);
        }
        owner.ifPresent(key -> key.usedAt = now.getEpochSecond());
        return owner.map(key -> key.opened);
    }

    private Snapshot newest() {
        var seen = snapshot;
        var view = configuration.newest();
        if (seen.version() == view.version()) return seen;
        var fresh = snapshot(view);
        snapshot = fresh;
        return fresh;
    }

    private synchronized Snapshot snapshot(ConfigurationView view) {
        var keys = view.tenants().entrySet().stream()
                .flatMap(tenant ->
                        Stream.of(SecretKind.values()).flatMap(kind -> keys(tenant.getKey(), kind, tenant.getValue())))
                .toList();
        known.clear();
        keys.forEach(key -> known.put(key.place(), key));
        lastUse.register(
                keys.stream()
                        .map(key -> MultiGauge.Row.of(
                                Tags.of(
                                        "tenant",
                                        key.tenantId,
                                        "kind",
                                        key.kind.text(),
                                        "secret_id",
                                        key.opened.secretId()),
                                key,
                                used -> used.usedAt))
                        .toList(),
                true);
        return new Snapshot(view.version(), keys);
    }

    private Stream<Key> keys(String tenantId, SecretKind kind, Tenant tenant) {
        return kind.of(tenant).keys().stream().map(secret -> {
            var key = new Key(tenantId, kind, secret, 0);
            var before = known.get(key.place());
            if (before != null) key.usedAt = before.usedAt;
            return key;
        });
    }
}
