package sluice.track.session;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.SessionKey;
import sluice.runtime.configuration.domain.SigningKey;
import sluice.runtime.seal.Sealing;

/**
 * The key pairs that sign access tokens, from the configuration: every ingress has the same ones. Their public parts
 * are published before they sign, so that whoever checks knows them by then. Thread-safe.
 */
public final class SessionKeys {
    /** What a private key is sealed for, before its id. */
    static final String SEALED_FOR = "session-key";

    private final ConfigurationSource configuration;
    private final Sealing sealing;
    private final Map<String, RSAKey> opened = new ConcurrentHashMap<>();

    public SessionKeys(ConfigurationSource configuration, Sealing sealing) {
        this.configuration = configuration;
        this.sealing = sealing;
    }

    /**
     * The key to sign with: of those that are active, the one that became so last.
     *
     * @throws IllegalStateException if there is none
     */
    RSAKey signing(Instant now) {
        return SigningKey.signing(configuration.newest().sessionKeys(), now)
                .map(key -> opened(key.getKey(), key.getValue()))
                .orElseThrow(() -> new IllegalStateException("There is no key to sign access tokens with"));
    }

    /** The public key of an id, empty if there is none, or it was retired. */
    Optional<RSAKey> published(String keyId, Instant now) {
        return Optional.ofNullable(configuration.newest().sessionKeys().get(keyId))
                .filter(key -> key.isGood(now))
                .map(key -> opened(keyId, key).toPublicJWK());
    }

    /** The public keys that are good or about to be, as RFC 7517 section 5 writes them. */
    public Map<String, Object> published(Instant now) {
        var keys = configuration.newest().sessionKeys().entrySet().stream()
                .filter(key -> key.getValue().isGood(now))
                .sorted(Map.Entry.comparingByKey())
                .map(key -> (JWK) opened(key.getKey(), key.getValue()).toPublicJWK())
                .toList();
        return new JWKSet(keys).toJSONObject(true);
    }

    private RSAKey opened(String keyId, SessionKey key) {
        return opened.computeIfAbsent(
                keyId, id -> pair(id, sealing.open(key.key().bytes(), SEALED_FOR, id)));
    }

    private static RSAKey pair(String keyId, byte[] pkcs8) {
        try {
            var keys = KeyFactory.getInstance("RSA");
            var privateKey = (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var publicKey = (RSAPublicKey)
                    keys.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
            return new RSAKey.Builder(publicKey)
                    .privateKey(privateKey)
                    .keyID(keyId)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The session key " + keyId + " can't be used", e);
        }
    }
}
