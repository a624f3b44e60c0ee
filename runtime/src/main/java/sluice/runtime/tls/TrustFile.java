package sluice.runtime.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The authorities whose certificates are trusted, as a file has them in PEM.
 *
 * @param authorities one or more, all of them good now
 * @param fingerprint of the file, to see whether it has changed
 */
record TrustFile(List<X509Certificate> authorities, String fingerprint) {

    /** @throws UnusableKeyStoreException if there is none in the file, or one whose time is over: Java would trust it on */
    static TrustFile read(Path file, Instant now) throws UnusableKeyStoreException {
        try {
            var bytes = Files.readAllBytes(file);
            var read =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (read.isEmpty()) throw new UnusableKeyStoreException("'%s' has no certificate in it".formatted(file));
            for (var authority : read) refuseExpired(file, authority, now);
            return new TrustFile(read, KeyStoreFile.fingerprint(bytes));
        } catch (NoSuchFileException e) {
            throw new UnusableKeyStoreException("there is no file '%s'".formatted(file));
        } catch (IOException e) {
            throw new UnusableKeyStoreException("can't read '%s'".formatted(file));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyStoreException("'%s' is no file of certificates in PEM".formatted(file));
        }
    }

    private static void refuseExpired(Path file, X509Certificate authority, Instant now)
            throws UnusableKeyStoreException {
        var notAfter = authority.getNotAfter().toInstant();
        if (notAfter.isAfter(now)) return;
        throw new UnusableKeyStoreException("'%s' has an authority that was good until %s: '%s'"
                .formatted(file, notAfter, authority.getSubjectX500Principal().getName()));
    }

    /** A store that has them and nothing else. */
    KeyStore trusted() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var authority : authorities) {
            store.setCertificateEntry(String.valueOf(store.size()), authority);
        }
        return store;
    }
}
