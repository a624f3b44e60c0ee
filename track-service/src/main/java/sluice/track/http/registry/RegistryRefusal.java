package sluice.track.http.registry;

import io.javalin.http.Context;
import java.util.Map;

/** Every way a call to the registry can be refused, with the codes that its clients know. */
enum RegistryRefusal {
    SUBJECT_NOT_FOUND(404, 40401),
    VERSION_NOT_FOUND(404, 40402),
    SCHEMA_NOT_FOUND(404, 40403),
    INVALID_SCHEMA(422, 42201),
    INVALID_VERSION(422, 42202),
    READ_ONLY(422, 42205),
    UNAVAILABLE(500, 50001);

    private final int status;
    private final int code;

    RegistryRefusal(int status, int code) {
        this.status = status;
        this.code = code;
    }

    /** The refusal as an exception, for the routes to write. */
    RegistryRefusedException because(String message) {
        return new RegistryRefusedException(this, message);
    }

    /** Answers a call in the shape that the clients know. */
    void write(Context context, String message) {
        context.status(status).json(Map.of("error_code", code, "message", message));
        context.contentType(RegistryRoutes.CONTENT_TYPE);
    }
}
