package sluice.track.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import sluice.track.http.json.Json;

/**
 * Answers what Jetty refuses before any route sees it, such as a broken path or a call while the server ends, in the
 * contract's error shape.
 */
final class UnreadableRequests extends ErrorHandler {
    private static final int RETRY_SECONDS = 1;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        var isEnding = response.getStatus() == Refusal.SERVICE_UNAVAILABLE.status();
        if (isEnding) response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
        var body = isEnding
                ? Refusal.SERVICE_UNAVAILABLE.body("The server is stopping. Nothing was done; try again.")
                : unreadable(response.getStatus()).body("The request can't be understood.");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(body)), callback);
        return true;
    }

    private static Refusal unreadable(int status) {
        return status >= Refusal.INTERNAL_ERROR.status() ? Refusal.INTERNAL_ERROR : Refusal.INVALID_REQUEST;
    }
}
