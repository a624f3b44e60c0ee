package sluice.track.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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
                : unreadable(response.getStatus()).body(description(response.getStatus()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(body)), callback);
        return true;
    }

    private static String description(int status) {
        return switch (status) {
            case HttpStatus.URI_TOO_LONG_414 -> "The path and the query are too long.";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> "The headers are too large.";
            case HttpStatus.NOT_IMPLEMENTED_501, HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
                "HTTP/1.0 and HTTP/1.1 are understood, and no transfer coding but chunked.";
            default -> "The request can't be understood.";
        };
    }

    private static Refusal unreadable(int status) {
        return status == Refusal.INTERNAL_ERROR.status() ? Refusal.INTERNAL_ERROR : Refusal.INVALID_REQUEST;
    }
}
