package sluice.runtime.seal;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Keyed hashes (HMAC-SHA-256) of personal data that must be found again by its value: the same value always has the
 * same hash, and nobody without the key can tell the value by trying all there are. The key is apart from the keyset
 * that seals, which may be rotated: this one stays for as long as what was hashed with it. Thread-safe.
 */
public final class Blinding {
    private static final String FILE = "lookup-keyset.json";

    /** So many that two values of an installation never meet by chance. */
    private static final int HASH_BYTES = 16;

    private final PrfSet hash;

    private Blinding(PrfSet hash) {
        this.hash = hash;
    }

    /**
     * Reads the key, or makes one at the first start. Processes that start at once on one data directory end up with
     * the same key.
     *
     * @throws IOException if the file can't be read or written
     * @throws IllegalStateException if the file is no key
     */
    public static Blinding open(Path dataDirectory) throws IOException {
        try {
            PrfConfig.register();
            var json = new OwnerOnlyFile(dataDirectory.resolve(FILE)).readOrCreate(Blinding::generate);
            var keyset = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
            return new Blinding(keyset.getPrimitive(RegistryConfiguration.get(), PrfSet.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key in " + dataDirectory.resolve(FILE) + " can't be used", e);
        }
    }

    private static String generate() {
        try {
            var keyset = KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF);
            return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No key can be made", e);
        }
    }

    /**
     * Hashes a value in its place, such as tenant, field, value: what is equal elsewhere has another hash there.
     *
     * @return 22 characters of A-Z, a-z, 0-9, _ and -
     */
    public String blind(String... parts) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(hash.computePrimary(Sealing.associated(parts), HASH_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key can't hash", e);
        }
    }
}
