package sluice.track.token;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.TokenKey;
import sluice.runtime.configuration.domain.SigningKey;
import sluice.runtime.seal.Sealing;

/**
 * The keys that sign tokens, from the configuration: every ingress has the same ones, and a new one serves everywhere
 * some milliseconds after it was added. Thread-safe.
 */
public final class TokenKeys {
    /** What a key is sealed for, before its id. */
    public static final String SEALED_FOR = "token-key";

    private final ConfigurationSource configuration;
    private final Sealing sealing;
    private final Map<String, byte[]> opened = new ConcurrentHashMap<>();
    private volatile Snapshot snapshot = new Snapshot(-1, Map.of());

    private record Snapshot(long version, Map<String, TokenKey> keys) {}

    public TokenKeys(ConfigurationSource configuration, Sealing sealing) {
        this.configuration = configuration;
        this.sealing = sealing;
    }

    /**
     * The key to sign with: of those that are active, the one that became so last.
     *
     * @throws IllegalStateException if there is none
     */
    public String signingKeyId(Instant now) {
        return SigningKey.signing(keys(), now)
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("There is no key to sign tokens with"));
    }

    /** The key of an id, empty if there is none, or it was retired. */
    public Optional<byte[]> key(String keyId, Instant now) {
        return Optional.ofNullable(keys().get(keyId))
                .filter(key -> key.isGood(now))
                .map(key -> opened.computeIfAbsent(
                        keyId, id -> sealing.open(key.key().bytes(), SEALED_FOR, id)));
    }

    private Map<String, TokenKey> keys() {
        var newest = configuration.newest();
        var seen = snapshot;
        if (seen.version() == newest.version()) return seen.keys();
        var fresh = new Snapshot(newest.version(), newest.tokenKeys());
        snapshot = fresh;
        return fresh.keys();
    }
}
