package sluice.runtime.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Mutual TLS 1.3 between the processes of an installation: who comes without a certificate of a trusted authority gets
 * no handshake, and who is asked has to have one for its host. The files are looked at every few seconds, and count for
 * connections that come from then on.
 */
public final class MutualTls implements AutoCloseable {
    private static final String PROTOCOL = "TLSv1.3";

    /** For so long a certificate is taken at its word that was looked at: it may have expired since. */
    private static final Duration SESSION = Duration.ofMinutes(1);

    private final SslContextFactory.Server server = new SslContextFactory.Server();
    private final Renewal<ProcessIdentity> renewal;

    /**
     * Reads the files and begins to look at them.
     *
     * @param meters get how long the certificate is good
     * @throws IllegalStateException if they can't be used
     */
    public MutualTls(MutualTlsSettings settings, MeterRegistry meters) {
        var clock = InstantSource.system();
        server.setIncludeProtocols(PROTOCOL);
        server.setNeedClientAuth(true);
        server.setSslSessionTimeout(Math.toIntExact(SESSION.toSeconds()));
        try {
            var first = ProcessIdentity.read(settings, clock);
            server.setSslContext(first.context());
            this.renewal = new Renewal<>(
                    first,
                    () -> ProcessIdentity.read(settings, clock),
                    found -> server.reload(before -> before.setSslContext(found.context())));
        } catch (UnusableKeyStoreException e) {
            throw new IllegalStateException(MutualTlsSettings.KEY_STORE + ": " + e.getMessage(), e);
        }
        TimeGauge.builder("sluice.internal.tls.certificate.expiry", renewal, TimeUnit.SECONDS, Renewal::expiry)
                .description("When the certificate of the internal port expires, in seconds since 1970")
                .register(meters);
    }

    /** What to connect to other processes with; another one once the certificate has been renewed. */
    public SSLContext context() {
        return renewal.shown().context();
    }

    /** The connector to give a server; its further settings are the server's own. */
    public Connector connector(Server behind, HttpConfiguration http, String host, int port) {
        var secure = new HttpConfiguration(http);
        secure.addCustomizer(new SecureRequestCustomizer(false));
        var connector = new ServerConnector(
                behind, new SslConnectionFactory(server, "http/1.1"), new HttpConnectionFactory(secure));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    /** As processes ask, with the host's name in the certificate (RFC 2818 section 3.1), as Java's HTTP client has it. */
    static SSLEngine asking(SSLEngine client) {
        client.setUseClientMode(true);
        var parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        return client;
    }

    /** As processes answer. */
    static SSLEngine answering(SSLEngine server) {
        server.setUseClientMode(false);
        server.setEnabledProtocols(new String[] {PROTOCOL});
        server.setNeedClientAuth(true);
        return server;
    }

    @Override
    public void close() {
        renewal.close();
    }
}
