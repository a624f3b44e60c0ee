package sluice.runtime.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import sluice.runtime.settings.SecretFile;

/**
 * A key store as it was read: it opens, and has just one private key.
 *
 * @param keyStore with the key
 * @param password of both
 * @param certificate the server's own
 * @param fingerprint of the file, to see whether it has changed
 */
record KeyStoreFile(KeyStore keyStore, String password, X509Certificate certificate, String fingerprint)
        implements Renewal.Shown {

    /** @throws UnusableKeyStoreException if it can't be shown by a server */
    static KeyStoreFile read(TlsSettings settings) throws UnusableKeyStoreException {
        var password = password(settings.passwordFile());
        var bytes = bytes(settings.keyStore());
        var where = "'%s'".formatted(settings.keyStore());
        try {
            var keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(new ByteArrayInputStream(bytes), password.toCharArray());
            var keys = Collections.list(keyStore.aliases()).stream()
                    .filter(alias -> isKey(keyStore, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new UnusableKeyStoreException(
                        "%s has %d private keys where one is expected".formatted(where, keys.size()));
            }
            keyStore.getKey(keys.get(0), password.toCharArray());
            if (!(keyStore.getCertificate(keys.get(0)) instanceof X509Certificate certificate)) {
                throw new UnusableKeyStoreException(where + " has no certificate of its key");
            }
            return new KeyStoreFile(keyStore, password, certificate, fingerprint(bytes));
        } catch (IOException | UnrecoverableKeyException e) {
            throw new UnusableKeyStoreException("%s is no PKCS12 file, or the password in '%s' does not open it"
                    .formatted(where, settings.passwordFile()));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyStoreException("%s can't be used: %s".formatted(where, e.getMessage()));
        }
    }

    private static boolean isKey(KeyStore keyStore, String alias) {
        try {
            return keyStore.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key store that was loaded can be read", e);
        }
    }

    private static String password(Path file) throws UnusableKeyStoreException {
        return new String(bytes(file), UTF_8).lines().findFirst().orElse("");
    }

    private static byte[] bytes(Path file) throws UnusableKeyStoreException {
        try {
            var secret = new SecretFile(file);
            if (secret.isOpenToEverybody()) throw new UnusableKeyStoreException(secret.openToEverybody());
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnusableKeyStoreException("there is no file '%s'".formatted(file));
        } catch (IOException e) {
            throw new UnusableKeyStoreException("can't read '%s'".formatted(file));
        }
    }

    /** By which two contents of a file are told apart. */
    static String fingerprint(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }
}
