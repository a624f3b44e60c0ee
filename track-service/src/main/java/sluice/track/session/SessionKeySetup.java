package sluice.track.session;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting.SessionKey;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;

/** Adds keys to sign access tokens with: the first one, and later ones in its place. */
public final class SessionKeySetup {
    /** Longer than anybody may keep the published keys without looking again. */
    public static final Duration HEAD_START = Duration.ofMinutes(10);

    private static final int KEY_BITS = 2048;

    /** What a key signed last is checked for so long, by clocks that differ. */
    private static final Duration CHECKED_FOR = SessionSettings.ACCESS_TOKEN_LIFETIME_MAX.plusMinutes(5);

    private final ConfigurationFollower configuration;
    private final Sealing sealing;
    private final InstantSource clock;
    private final Author author;

    /** @param author of the changes */
    public SessionKeySetup(ConfigurationFollower configuration, Sealing sealing, InstantSource clock, Author author) {
        this.configuration = configuration;
        this.sealing = sealing;
        this.clock = clock;
        this.author = author;
    }

    /** Adds the first key, where there is none. */
    public void complete() {
        if (configuration.newest().sessionKeys().isEmpty()) add(clock.instant());
    }

    /**
     * Adds a key in the place of those before, which are retired once nothing is left that they signed.
     *
     * @param headStart time for everybody to learn of the key before it signs
     * @return the key's id
     */
    public String rotate(Duration headStart) {
        var activeFrom = clock.instant().plus(headStart);
        var before = configuration.newest().sessionKeys();
        var keyId = add(activeFrom);
        before.forEach((id, key) -> {
            if (key.retiredAt().isEmpty()) retire(id, key, activeFrom.plus(CHECKED_FOR));
        });
        return keyId;
    }

    private String add(Instant activeFrom) {
        var keyId = UUID.randomUUID().toString();
        var sealed = new Sealed(sealing.seal(privateKey(), SessionKeys.SEALED_FOR, keyId));
        append(keyId, new SessionKey(sealed, activeFrom, Optional.empty()));
        return keyId;
    }

    private void retire(String keyId, SessionKey key, Instant at) {
        append(keyId, new SessionKey(key.key(), key.activeFrom(), Optional.of(at)));
    }

    private static byte[] privateKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has RSA", e);
        }
    }

    private void append(String keyId, SessionKey key) {
        var piece = Piece.sessionKey(keyId);
        var basedOn = configuration.newest().changedAt(piece);
        configuration
                .append(new Change(
                        UUID.randomUUID().toString(), piece, basedOn, clock.instant(), author, Optional.of(key)))
                .join();
    }
}
