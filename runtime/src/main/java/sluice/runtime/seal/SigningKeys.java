package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Ed25519 keys (RFC 8032), one beside each key of the keyset and derived from it (RFC 5869): who holds the keyset signs,
 * and who holds a public key alone can check. Thread-safe.
 */
public final class SigningKeys {
    private static final int SEED_BYTES = 32;
    private static final byte[] PURPOSE = "sluice audit signing".getBytes(UTF_8);

    private final Ed25519Sign.KeyPair signing;
    private final List<String> publicKeys;

    private SigningKeys(Ed25519Sign.KeyPair signing, List<String> publicKeys) {
        this.signing = signing;
        this.publicKeys = List.copyOf(publicKeys);
    }

    /**
     * Derives them from the keyset of a data directory.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalStateException if the file is no keyset
     */
    public static SigningKeys open(Path dataDirectory) throws IOException {
        try {
            AeadConfig.register();
            return of(Keyset.read(dataDirectory));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset in " + dataDirectory + " can't be used", e);
        }
    }

    private static SigningKeys of(KeysetHandle keyset) throws GeneralSecurityException {
        var publicKeys = new ArrayList<String>();
        for (var i = 0; i < keyset.size(); i++)
            publicKeys.add(hex(derived(keyset.getAt(i)).getPublicKey()));
        return new SigningKeys(derived(keyset.getPrimary()), publicKeys);
    }

    @AccessesPartialKey
    private static Ed25519Sign.KeyPair derived(KeysetHandle.Entry entry) throws GeneralSecurityException {
        var key = ((AesGcmKey) entry.getKey()).getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
        return Ed25519Sign.KeyPair.newKeyPairFromSeed(
                Hkdf.computeHkdf("HMACSHA256", key, new byte[0], PURPOSE, SEED_BYTES));
    }

    /** Public key of the one that signs. */
    public byte[] publicKey() {
        return signing.getPublicKey();
    }

    /** All public keys, in lower-case hexadecimal: what older keys of the keyset have signed is good too. */
    public List<String> publicKeys() {
        return publicKeys;
    }

    /** Signs text, each part with its length in front, so that no two read alike. */
    public byte[] sign(String... parts) {
        try {
            return new Ed25519Sign(signing.getPrivateKey()).sign(Sealing.associated(parts));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key can't sign", e);
        }
    }

    /** Whether a public key's owner has signed the parts. */
    public static boolean isSigned(byte[] signature, byte[] publicKey, String... parts) {
        try {
            new Ed25519Verify(publicKey).verify(signature, Sealing.associated(parts));
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
