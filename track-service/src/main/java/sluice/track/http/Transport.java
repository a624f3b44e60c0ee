package sluice.track.http;

import io.javalin.config.JavalinConfig;
import io.javalin.json.JavalinJackson;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.EagerContentHandler.RetainedContentLoaderFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import sluice.track.http.json.Json;

/** How HTTP is read and written, whatever is asked. */
final class Transport {
    private static final long BODY_BYTES_MAX = 256 * 1024;

    /** A token of the greatest length, in a URL or a header, with what browsers and proxies add. */
    private static final int REQUEST_HEADER_BYTES_MAX = 16 * 1024;

    /** Longer than a call waits for its answer. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /** A client that opens more without end would take the file descriptors of all others. */
    private static final int CONNECTIONS_MAX = 10_000;

    /** What a body has to come by: one of a thousand bytes within twenty seconds. */
    private static final long BODY_BYTES_PER_SECOND_MIN = 50;

    private static final int CHUNK_OVERHEAD = 32;

    private Transport() {}

    static void configure(JavalinConfig config, Admission admission) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = BODY_BYTES_MAX;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false; // the user "a/", sent raw, is not the user "a"
        config.http.defaultContentType = "application/json";
        config.jsonMapper(new JavalinJackson(Json.MAPPER, false));
        config.jetty.modifyHttpConfiguration(Transport::acceptAnyUserId);
        config.jetty.modifyServletContextHandler(Transport::decodeOnce);
        config.jetty.modifyServer(server -> bound(server, admission));
        Refusals.addTo(config.routes);
    }

    /** User ids may hold what some servers call ambiguous, such as an encoded slash. No path here is a file's. */
    private static void acceptAnyUserId(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(REQUEST_HEADER_BYTES_MAX);
    }

    /** Calls that wait for their answer get it before the server ends; those that come meanwhile are told to try again. */
    private static void bound(Server server, Admission admission) {
        server.setErrorHandler(new UnreadableRequests());
        admission.setHandler(new MinimumDataRateHandler(wholeBodies(), BODY_BYTES_PER_SECOND_MIN, 0));
        server.setHandler(new GracefulHandler(admission));
        server.addBean(new NetworkConnectionLimit(CONNECTIONS_MAX, server));
        AcceptQueue.lengthen(server);
        server.setStopTimeout(STOP_PATIENCE.toMillis());
    }

    /** A body is there before a thread is given to its call: who sends slowly holds a connection, and no thread (E5). */
    private static EagerContentHandler wholeBodies() {
        return new EagerContentHandler(new RetainedContentLoaderFactory(BODY_BYTES_MAX, CHUNK_OVERHEAD, false));
    }

    private static void decodeOnce(ServletContextHandler handler) {
        handler.getServletHandler().setDecodeAmbiguousURIs(true);
    }
}
