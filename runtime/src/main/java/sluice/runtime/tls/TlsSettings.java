package sluice.runtime.tls;

import java.nio.file.Path;
import java.util.Optional;
import sluice.runtime.settings.Settings;

/**
 * Where a server's key and certificate are.
 *
 * @param keyStore a PKCS12 file with one private key and its chain of certificates
 * @param passwordFile a file whose first line is the password of both
 */
public record TlsSettings(Path keyStore, Path passwordFile) {
    /** Names the key store of the API. */
    public static final String KEY_STORE = "SLUICE_TLS_KEY_STORE";

    /** Names the file with its password. */
    public static final String PASSWORD_FILE = "SLUICE_TLS_PASSWORD_FILE";

    /** Reads these settings, and whether the one opens the other; empty: the server speaks plain HTTP. */
    public static Optional<TlsSettings> from(Settings settings) {
        var keyStore = path(
                settings, KEY_STORE, "PKCS12 file of the key and certificate that the API shows; unset: plain HTTP");
        var passwordFile = path(settings, PASSWORD_FILE, "file with the password of the key store");
        if (keyStore.isEmpty() && passwordFile.isEmpty()) return Optional.empty();
        if (keyStore.isEmpty() || passwordFile.isEmpty()) {
            settings.refuse(
                    keyStore.isEmpty() ? KEY_STORE : PASSWORD_FILE,
                    "expected, since %s is set".formatted(keyStore.isEmpty() ? PASSWORD_FILE : KEY_STORE));
            return Optional.empty();
        }
        var tls = new TlsSettings(keyStore.get(), passwordFile.get());
        try {
            KeyStoreFile.read(tls);
        } catch (UnusableKeyStoreException e) {
            settings.refuse(KEY_STORE, String.valueOf(e.getMessage()));
        }
        return Optional.of(tls);
    }

    static Optional<Path> path(Settings settings, String name, String meaning) {
        return settings.read(
                        name,
                        "",
                        "a path",
                        meaning,
                        text -> text.isEmpty() ? Optional.<Path>empty() : Optional.of(Path.of(text)),
                        path -> true)
                .flatMap(path -> path);
    }
}
