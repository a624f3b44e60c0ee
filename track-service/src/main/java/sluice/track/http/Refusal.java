package sluice.track.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every way a call can be refused: the contract's codes (section 1), each with its status. Clients hang on them. */
public enum Refusal {
    UNAUTHORIZED("unauthorized", 401),
    INVALID_TOKEN("invalid_token", 401),
    EXPIRED_TOKEN("expired_token", 401),
    INVALID_REQUEST("invalid_request", 400),
    INVALID_CONFIGURATION("invalid_configuration", 400),
    NOT_FOUND("invalid_request", 404),
    METHOD_NOT_ALLOWED("invalid_request", 405),
    REQUEST_TIMEOUT("invalid_request", 408),
    TOO_LARGE("invalid_request", 413),
    UNSUPPORTED_MEDIA_TYPE("invalid_request", 415),
    TOO_MANY_REQUESTS("too_many_requests", 429),
    INTERNAL_ERROR("internal_error", 500),
    SERVICE_UNAVAILABLE("service_unavailable", 503);

    /** Compared word for word by the test suites of the official SDKs. */
    public static final String UNAUTHORIZED_DESCRIPTION =
            "The request is unauthorized. Check that your API key and region base URL are correctly configured.";

    private final String code;
    private final int status;

    Refusal(String code, int status) {
        this.code = code;
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The refusal as an exception, for {@link Refusals} to write. */
    public RefusedException because(String description) {
        return new RefusedException(this, description, null);
    }

    /** The refusal of a call that may be tried again after a while. */
    public RefusedException because(String description, Duration retryAfter) {
        return new RefusedException(this, description, retryAfter);
    }

    /** Answers a call with this refusal. */
    void write(Context context, String description, @Nullable Duration retryAfter) {
        if (retryAfter != null) {
            context.header(
                    "Retry-After",
                    String.valueOf(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
        }
        context.status(status).json(body(description));
    }

    /** The contract's error shape. */
    Map<String, String> body(String description) {
        return Map.of("error", code, "errorCode", code, "errorDescription", description);
    }
}
