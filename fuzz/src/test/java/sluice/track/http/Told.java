package sluice.track.http;

import io.javalin.http.Context;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A call as far as its fields are read: every part of the path, every parameter and every header of a name is one text. */
final class Told {
    private Told() {}

    /**
     * A call.
     *
     * @param texts path parts, parameters and headers by name; others are absent
     */
    static Context call(Map<String, String> texts, byte[] body) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "pathParam" -> texts.getOrDefault((String) arguments[0], "");
                    case "queryParam", "formParam", "header" -> texts.get((String) arguments[0]);
                    case "bodyAsBytes" -> body;
                    case "contentType" -> "application/json";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
