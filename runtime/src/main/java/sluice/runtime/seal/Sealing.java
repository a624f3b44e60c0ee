package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Seals and opens secrets and personal data with the installation's AEAD keyset (AES-256-GCM). What is sealed for one
 * place (tenant, user, authenticator…) can't be opened in another: the place is the associated data. Thread-safe.
 */
public final class Sealing {
    private volatile Keys keys;

    /**
     * What seals, and opens.
     *
     * @param repeatable gives the same for the same (RFC 5297)
     * @param ids of the keys, that which seals first; the others only open
     */
    record Keys(Aead aead, DeterministicAead repeatable, List<Integer> ids) {
        Keys {
            ids = List.copyOf(ids);
        }
    }

    Sealing(Keys keys) {
        this.keys = keys;
    }

    /** From now on with other keys, among which are those of all that is to be opened. */
    void use(Keys others) {
        keys = others;
    }

    /** Ids of the keys; the first is the one that seals. */
    public List<Integer> keyIds() {
        return keys.ids();
    }

    /** @param place what the bytes belong to, each part any text */
    public byte[] seal(byte[] plain, String... place) {
        try {
            return keys.aead().encrypt(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /** @throws SealBrokenException if the bytes were sealed elsewhere, with a key that is gone, or were altered */
    public byte[] open(byte[] sealed, String... place) {
        try {
            return keys.aead().decrypt(sealed, associated(place));
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place[0]);
        }
    }

    /**
     * Seals what an event makes: the same bytes in the same place are the same when sealed, so that a replay gives the
     * same outcome byte for byte (promise P3). Who sees two of one place learns whether they are the same, no more.
     */
    public byte[] sealRepeatably(byte[] plain, String... place) {
        try {
            return keys.repeatable().encryptDeterministically(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /** @throws SealBrokenException as {@link #open} does */
    public byte[] openRepeatable(byte[] sealed, String... place) {
        try {
            return keys.repeatable().decryptDeterministically(sealed, associated(place));
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place[0]);
        }
    }

    /** Each part with its length in front, so that no two places read alike. */
    static byte[] associated(String... place) {
        var text = new StringBuilder();
        for (var part : place) text.append(part.length()).append(':').append(part);
        return text.toString().getBytes(UTF_8);
    }
}
