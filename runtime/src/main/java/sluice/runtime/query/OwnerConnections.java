package sluice.runtime.query;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.tls.MutualTls;

/**
 * How owners are reached: by plain HTTP, or where the process has a certificate for it, over mutual TLS and not otherwise.
 * Thread-safe.
 */
final class OwnerConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerConnections.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** Asking goes on many times a second. */
    private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

    private final Optional<MutualTls> tls;
    private final AtomicLong told = new AtomicLong(System.nanoTime() - TELL_AGAIN.toNanos());
    private volatile Connected connected;

    /** Connections that were made with one certificate. */
    private record Connected(Optional<SSLContext> context, HttpClient http) {
        static Connected with(Optional<SSLContext> context) {
            var builder =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
            context.ifPresent(builder::sslContext);
            return new Connected(context, builder.build());
        }
    }

    /** @param tls empty: plain HTTP */
    OwnerConnections(Optional<MutualTls> tls) {
        this.tls = tls;
        this.connected = Connected.with(tls.map(MutualTls::context));
    }

    /** What to send with now: once the certificate was renewed, over connections that were made with the new one. */
    HttpClient http() {
        var context = tls.map(MutualTls::context);
        var current = connected;
        if (current.context().equals(context)) return current.http();
        synchronized (this) {
            if (!connected.context().equals(context)) connected = Connected.with(context);
            return connected.http();
        }
    }

    /** Whether an owner that answers there is asked: one that speaks as this process does. */
    boolean reach(String endpoint) {
        var isReached = endpoint.startsWith(tls.isPresent() ? "https://" : "http://");
        if (!isReached)
            tell(endpoint, tls.isPresent() ? "it speaks no TLS" : "it speaks TLS, and this process does not");
        return isReached;
    }

    /** Tells of a handshake that came to nothing; nobody is asked in another way then. */
    void failed(String endpoint, Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                tell(endpoint, String.valueOf(cause.getMessage()));
                return;
            }
        }
    }

    private void tell(String endpoint, String why) {
        var last = told.get();
        var now = System.nanoTime();
        if (now - last < TELL_AGAIN.toNanos() || !told.compareAndSet(last, now)) return;
        LOG.warn("The owner at {} can't be asked: {}", endpoint, why);
    }
}
