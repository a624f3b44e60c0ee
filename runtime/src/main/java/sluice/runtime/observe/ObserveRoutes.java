package sluice.runtime.observe;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}, as every process has them. */
public final class ObserveRoutes {
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Health health;
    private final PrometheusMeterRegistry meters;

    public ObserveRoutes(Health health, PrometheusMeterRegistry meters) {
        this.health = health;
        this.meters = meters;
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", context -> context.json(Map.of("status", "live")));
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", this::metrics);
    }

    private void ready(Context context) {
        var parts = health.parts();
        var isReady = !parts.containsValue(false);
        if (!isReady) {
            context.status(HttpStatus.SERVICE_UNAVAILABLE).header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
        }
        context.json(Map.of(
                "status",
                isReady ? "ready" : "starting",
                "parts",
                parts,
                "restoring",
                health.restoring(),
                "features",
                health.features()));
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape());
    }
}
