package sluice.track.http.openapi;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import sluice.schemas.TrackEvent;
import sluice.track.http.ui.ServedFile;

/**
 * {@code GET /openapi.json} and {@code GET /openapi}; and {@code GET /asyncapi.json}, which tells of the topics. For
 * everybody: there is nothing of an installation in them.
 */
public final class OpenApiRoutes {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final ServedFile document;
    private final ServedFile page;
    private final ServedFile topics;

    public OpenApiRoutes() {
        var read = OpenApiDocument.load();
        this.document = ServedFile.of("openapi.json", "application/json", read.text());
        this.page = ServedFile.of("openapi", ServedFile.HTML, new OpenApiPage(read).html());
        this.topics = ServedFile.beside(TrackEvent.class, "asyncapi.json", "application/json");
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.get("/openapi.json", document::answer);
        routes.get("/openapi", this::page);
        routes.get("/asyncapi.json", topics::answer);
    }

    private void page(Context context) {
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY).header("Referrer-Policy", "no-referrer");
        page.answer(context);
    }
}
