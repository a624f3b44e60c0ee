package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import sluice.track.http.json.Json;

/** Answers what Jetty refuses before any route sees it, such as a broken path, in the contract's error shape. */
final class UnreadableRequests extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        var refusal = response.getStatus() >= 500 ? Refusal.INTERNAL_ERROR : Refusal.INVALID_REQUEST;
        var body = Json.MAPPER.writeValueAsString(refusal.body("The request can't be understood."));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(body.getBytes(UTF_8)), callback);
        return true;
    }
}
