package sluice.track.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import sluice.track.http.json.Json;

/**
 * Lets so many calls in at once and refuses the others before anything is done for them, so that those which are in are
 * answered as fast as ever. Health and metrics are always let in. Thread-safe.
 */
final class Admission extends Handler.Wrapper {
    private static final int RETRY_SECONDS = 1;

    private final Semaphore places;
    private final Counter refused;

    /** @param inProgressMax calls that may be in at once, whatever they wait for */
    Admission(int inProgressMax, MeterRegistry meters) {
        this.places = new Semaphore(inProgressMax);
        this.refused = meters.counter("sluice.calls.refused", "for", "overload");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isAlwaysLetIn(Request.getPathInContext(request))) return super.handle(request, response, callback);
        if (!places.tryAcquire()) {
            refuse(response, callback);
            return true;
        }
        Request.addCompletionListener(request, failure -> places.release());
        return super.handle(request, response, callback);
    }

    private static boolean isAlwaysLetIn(String path) {
        return path.startsWith("/health/") || path.equals("/metrics");
    }

    private void refuse(Response response, Callback callback) throws Exception {
        refused.increment();
        var body = Refusal.SERVICE_UNAVAILABLE.body("Too many calls are in progress. Nothing was done; try again.");
        response.setStatus(Refusal.SERVICE_UNAVAILABLE.status());
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(body)), callback);
    }
}
