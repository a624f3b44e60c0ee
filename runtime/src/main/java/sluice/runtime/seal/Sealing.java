package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import java.security.GeneralSecurityException;

/**
 * Seals and opens secrets and personal data with the installation's AEAD keyset (AES-256-GCM). What is sealed for one
 * place (tenant, user, authenticator…) can't be opened in another: the place is the associated data. Thread-safe.
 */
public final class Sealing {
    private final Aead aead;
    private final DeterministicAead repeatable;

    /** @param repeatable gives the same for the same (RFC 5297) */
    public Sealing(Aead aead, DeterministicAead repeatable) {
        this.aead = aead;
        this.repeatable = repeatable;
    }

    /** @param place what the bytes belong to, each part any text */
    public byte[] seal(byte[] plain, String... place) {
        try {
            return aead.encrypt(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /** @throws SealBrokenException if the bytes were sealed elsewhere, with a key that is gone, or were altered */
    public byte[] open(byte[] sealed, String... place) {
        try {
            return aead.decrypt(sealed, associated(place));
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
            return repeatable.encryptDeterministically(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /** @throws SealBrokenException as {@link #open} does */
    public byte[] openRepeatable(byte[] sealed, String... place) {
        try {
            return repeatable.decryptDeterministically(sealed, associated(place));
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
