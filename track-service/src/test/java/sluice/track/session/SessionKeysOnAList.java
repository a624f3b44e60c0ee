package sluice.track.session;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting.SessionKey;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;

/** A configuration of nothing but session keys, which a test adds. */
final class SessionKeysOnAList implements ConfigurationSource {
    /** By id: making one takes longer than most of what is done with it. */
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private final ConfigurationHistory history = new ConfigurationHistory();
    private final Sealing sealing;

    SessionKeysOnAList(Sealing sealing) {
        this.sealing = sealing;
    }

    KeyPair add(String keyId, Instant activeFrom) {
        var pair = PAIRS.computeIfAbsent(keyId, none -> pair());
        set(keyId, pair, activeFrom, Optional.empty());
        return pair;
    }

    void set(String keyId, KeyPair pair, Instant activeFrom, Optional<Instant> retiredAt) {
        var piece = Piece.sessionKey(keyId);
        var sealed = new Sealed(sealing.seal(pair.getPrivate().getEncoded(), SessionKeys.SEALED_FOR, keyId));
        var key = new SessionKey(sealed, activeFrom, retiredAt);
        var basedOn = history.newest().changedAt(piece);
        history.apply(new Change(
                "change", piece, basedOn, Instant.EPOCH, Author.commandLine("test", "run"), Optional.of(key)));
    }

    static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public ConfigurationView newest() {
        return history.newest();
    }

    @Override
    public ConfigurationView at(long version) {
        return history.at(version);
    }
}
