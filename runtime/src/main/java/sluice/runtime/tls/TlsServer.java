package sluice.runtime.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A port that speaks HTTP/1.1 over TLS 1.2 or 1.3 alone. Its key store is looked at every few seconds: a new one that
 * can be used is shown to connections that come from then on, one that can't is told in the log, and the former stays.
 */
public final class TlsServer implements AutoCloseable {
    private static final Duration PINNED = Duration.ofDays(365);

    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private final Renewal<KeyStoreFile> renewal;

    /**
     * Reads the key store and begins to look at it.
     *
     * @param meters get how long the certificate is good
     * @throws IllegalStateException if the key store can't be used
     */
    public TlsServer(TlsSettings settings, MeterRegistry meters) {
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        try {
            var first = KeyStoreFile.read(settings);
            show(context, first);
            this.renewal = new Renewal<>(
                    first, () -> KeyStoreFile.read(settings), found -> context.reload(before -> show(before, found)));
        } catch (UnusableKeyStoreException e) {
            throw new IllegalStateException(TlsSettings.KEY_STORE + ": " + e.getMessage(), e);
        }
        TimeGauge.builder("sluice.tls.certificate.expiry", renewal, TimeUnit.SECONDS, Renewal::expiry)
                .description("When the certificate of the API expires, in seconds since 1970")
                .register(meters);
    }

    private static void show(SslContextFactory context, KeyStoreFile file) {
        context.setKeyStore(file.keyStore());
        context.setKeyStorePassword(file.password());
        context.setKeyManagerPassword(file.password());
    }

    /** The connector to give a server; its further settings are the server's own. */
    public Connector connector(Server server, HttpConfiguration http, String host, int port) {
        var secure = new HttpConfiguration(http);
        secure.addCustomizer(new SecureRequestCustomizer(false, false, PINNED.toSeconds(), false));
        var connector = new ServerConnector(
                server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    @Override
    public void close() {
        renewal.close();
    }
}
