package sluice.track.http.openapi;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;

/** What the calls are named in the OpenAPI document. */
public final class Operations {
    private final Map<String, String> ids = OpenApiDocument.load()
            .operations()
            .collect(toUnmodifiableMap(
                    operation -> operation.method().toUpperCase(Locale.ROOT) + " " + operation.path(),
                    OpenApiDocument.Operation::id));

    /** The operationId of the call that is being handled. */
    public String id(Context context) {
        var route = context.endpoint().method.name() + " " + context.endpoint().path;
        return ids.getOrDefault(route, route);
    }
}
