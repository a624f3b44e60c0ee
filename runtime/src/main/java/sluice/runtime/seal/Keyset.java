package sluice.runtime.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The installation's one root secret: an AEAD keyset in a file that only its owner can read. */
public final class Keyset {
    /** Its name in the data directory. */
    public static final String FILE = "keyset.json";

    private Keyset() {}

    private static final Parameters PARAMETERS = PredefinedAeadParameters.AES256_GCM;

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
            return new Sealing(keys(parsed(file(dataDirectory).readOrCreate(Keyset::generate))));
        } catch (GeneralSecurityException e) {
            throw unusable(dataDirectory, e);
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

    /**
     * Adds a key that opens and does not seal yet: no process seals with a key before all have it.
     *
     * @return its id
     * @throws IllegalStateException if the last one that was added does not seal yet
     */
    public static int add(Path dataDirectory) throws IOException {
        return change(dataDirectory, keyset -> {
            if (!keyset.getAt(keyset.size() - 1).isPrimary()) {
                throw new IllegalStateException(
                        "The keyset has a newer key already, %s: it is to seal before there is another"
                                .formatted(named(keyset.getAt(keyset.size() - 1).getId())));
            }
            return KeysetHandle.newBuilder(keyset)
                    .addEntry(
                            KeysetHandle.generateEntryFromParameters(PARAMETERS).withRandomId())
                    .build();
        });
    }

    /**
     * Lets the newest key seal; the others open what they have sealed.
     *
     * @return its id
     * @throws IllegalStateException if it seals already
     */
    public static int seal(Path dataDirectory) throws IOException {
        return change(dataDirectory, keyset -> {
            if (keyset.getAt(keyset.size() - 1).isPrimary()) {
                throw new IllegalStateException("The newest key, %s, seals already: add one first"
                        .formatted(named(keyset.getPrimary().getId())));
            }
            var changed = KeysetHandle.newBuilder(keyset);
            changed.getAt(keyset.size() - 1).makePrimary();
            return changed.build();
        });
    }

    /** A key's id as operators see it: Tink counts from below zero. */
    public static String named(int keyId) {
        return Integer.toUnsignedString(keyId);
    }

    private interface Rotation {
        KeysetHandle of(KeysetHandle keyset) throws GeneralSecurityException;
    }

    /** @return the id of the last key */
    private static int change(Path dataDirectory, Rotation rotation) throws IOException {
        try {
            AeadConfig.register();
            var changed = rotation.of(read(dataDirectory));
            file(dataDirectory)
                    .replace(TinkJsonProtoKeysetFormat.serializeKeyset(changed, InsecureSecretKeyAccess.get()));
            return changed.getAt(changed.size() - 1).getId();
        } catch (GeneralSecurityException e) {
            throw unusable(dataDirectory, e);
        }
    }

    /** The keys themselves, for who derives others from them. */
    static KeysetHandle read(Path dataDirectory) throws IOException, GeneralSecurityException {
        return parsed(Files.readString(dataDirectory.resolve(FILE)));
    }

    /** What the file has now, and makes none. */
    static Sealing.Keys readKeys(Path dataDirectory) throws IOException, GeneralSecurityException {
        return keys(read(dataDirectory));
    }

    private static Sealing.Keys keys(KeysetHandle keyset) throws GeneralSecurityException {
        var ids = IntStream.range(0, keyset.size())
                .mapToObj(keyset::getAt)
                .sorted(Comparator.comparing(entry -> !entry.isPrimary()))
                .map(KeysetHandle.Entry::getId)
                .toList();
        return new Sealing.Keys(
                keyset.getPrimitive(RegistryConfiguration.get(), Aead.class), RepeatableKeys.of(keyset), ids);
    }

    private static KeysetHandle parsed(String json) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
    }

    private static OwnerOnlyFile file(Path dataDirectory) {
        return new OwnerOnlyFile(dataDirectory.resolve(FILE));
    }

    private static IllegalStateException unusable(Path dataDirectory, GeneralSecurityException e) {
        return new IllegalStateException("The keyset in " + dataDirectory.resolve(FILE) + " can't be used", e);
    }

    private static String generate() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PARAMETERS), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No keyset can be made", e);
        }
    }
}
