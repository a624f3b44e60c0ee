package sluice.track.tenant;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.configuration.domain.Setting.Tenant;

/** Finds the tenant that a secret belongs to. Thread-safe. */
public final class Tenants {
    private final ConfigurationSource configuration;
    private volatile Snapshot snapshot = new Snapshot(-1, List.of(), List.of());

    private record Key(String hash, String tenantId) {}

    private record Snapshot(long version, List<Key> api, List<Key> management) {}

    public Tenants(ConfigurationSource configuration) {
        this.configuration = configuration;
    }

    /** Id of the tenant that has this server API secret. */
    public Optional<String> ofApiSecret(String secret) {
        return owner(newest().api(), secret);
    }

    /** Id of the tenant that has this management API secret. */
    public Optional<String> ofManagementSecret(String secret) {
        return owner(newest().management(), secret);
    }

    /** Whether there is such a tenant. */
    public boolean exists(String tenantId) {
        return configuration.newest().tenant(tenantId).isPresent();
    }

    /** Compares with every key, so that the time taken tells nothing. */
    private static Optional<String> owner(List<Key> keys, String secret) {
        var hash = SecretHash.of(secret);
        var owner = Optional.<String>empty();
        for (var key : keys) {
            if (SecretHash.equal(key.hash(), hash)) owner = Optional.of(key.tenantId());
        }
        return owner;
    }

    private Snapshot newest() {
        var seen = snapshot;
        var view = configuration.newest();
        if (seen.version() == view.version()) return seen;
        var fresh = new Snapshot(view.version(), keys(view, Tenant::apiSecrets), keys(view, Tenant::managementSecrets));
        snapshot = fresh;
        return fresh;
    }

    private static List<Key> keys(ConfigurationView view, Function<Tenant, List<SecretKey>> secrets) {
        return view.tenants().entrySet().stream()
                .flatMap(tenant -> secrets.apply(tenant.getValue()).stream().map(key -> key(key, tenant)))
                .toList();
    }

    private static Key key(SecretKey key, Map.Entry<String, Tenant> tenant) {
        return new Key(key.hash(), tenant.getKey());
    }
}
