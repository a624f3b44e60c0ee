package sluice.runtime.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The installation's one root secret: an AEAD keyset in a file that only its owner can read. */
public final class Keyset {
    private static final String FILE = "keyset.json";

    private Keyset() {}

    /**
     * Reads the keyset, or makes one at the first start. Processes that start at once on one data directory end up
     * with the same keyset.
     *
     * @throws IOException if the file can't be read or written
     * @throws IllegalStateException if the file is no keyset
     */
    public static Sealing open(Path dataDirectory) throws IOException {
        try {
            AeadConfig.register();
            var json = new OwnerOnlyFile(dataDirectory.resolve(FILE)).readOrCreate(Keyset::generate);
            var keyset = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
            return new Sealing(keyset.getPrimitive(RegistryConfiguration.get(), Aead.class), RepeatableKeys.of(keyset));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset in " + dataDirectory.resolve(FILE) + " can't be used", e);
        }
    }

    /**
     * Reads the keyset, and makes none.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalStateException if there is none, or the file is no keyset
     */
    public static Sealing openExisting(Path dataDirectory) throws IOException {
        if (!Files.exists(dataDirectory.resolve(FILE))) {
            throw new IllegalStateException("There is no " + FILE + " in " + dataDirectory);
        }
        return open(dataDirectory);
    }

    private static String generate() {
        try {
            var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No keyset can be made", e);
        }
    }
}
