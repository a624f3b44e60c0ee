package sluice.runtime.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * By what a process is known to the others, and knows them.
 *
 * @param context shows the certificate, as a server's and as a client's, and trusts the authorities alone
 * @param notAfter until when the certificate is good
 * @param fingerprint of both files
 */
record ProcessIdentity(SSLContext context, Instant notAfter, String fingerprint) implements Renewal.Shown {

    /** @throws UnusableKeyStoreException if the other processes, trusting the same authorities, would refuse it */
    static ProcessIdentity read(MutualTlsSettings settings, InstantSource clock) throws UnusableKeyStoreException {
        var own = KeyStoreFile.read(settings.own());
        var trust = TrustFile.read(settings.trustStore(), clock.instant());
        try {
            var identity =
                    new ProcessIdentity(context(own, trust), own.notAfter(), own.fingerprint() + trust.fingerprint());
            Rehearsal.play(identity.context(), settings.host());
            return identity;
        } catch (SSLException e) {
            throw new UnusableKeyStoreException(
                    "other processes, trusting what is in '%s', would refuse the certificate in '%s' for the host '%s': %s"
                            .formatted(settings.trustStore(), settings.own().keyStore(), settings.host(), reason(e)));
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableKeyStoreException(
                    "'%s' can't be used: %s".formatted(settings.own().keyStore(), e.getMessage()));
        }
    }

    /** The innermost is what an operator can act on. */
    private static String reason(Throwable fault) {
        var cause = fault.getCause();
        return cause == null ? String.valueOf(fault.getMessage()) : reason(cause);
    }

    private static SSLContext context(KeyStoreFile own, TrustFile trust) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own.keyStore(), own.password().toCharArray());
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust.trusted());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
