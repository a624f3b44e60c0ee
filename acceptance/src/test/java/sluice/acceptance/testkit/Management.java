package sluice.acceptance.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import sluice.acceptance.testkit.Api.Answer;

/** A management client. Paths are below {@code /v1/management}; bodies are JSON with single quotes. */
public record Management(Api api) {
    /** The body that changes nothing. */
    public static final String NOTHING = "{}";

    private static final ObjectMapper JSON = new ObjectMapper();

    public Answer get(String path) {
        return send("GET", path, NOTHING);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, NOTHING);
    }

    @SuppressWarnings("unchecked")
    public Answer send(String method, String path, String body) {
        try {
            return api.management(method, path, JSON.readValue(body.replace('\'', '"'), Map.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
