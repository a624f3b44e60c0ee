package sluice.track.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import sluice.track.delivery.Attempt;

/** What is measured of one tenant's deliveries, until it is closed. The tenant's id is the only label. */
final class WebhookMeters implements AutoCloseable {
    private static final double MILLIS = 1000;

    private final MeterRegistry registry;
    private final Counter delivered;
    private final Counter failed;
    private final Counter givenUp;
    private final Gauge oldest;

    /** @param age how long the oldest event has waited for its delivery by this process */
    WebhookMeters(MeterRegistry registry, String tenantId, Supplier<Duration> age) {
        this.registry = registry;
        this.delivered = Counter.builder("sluice.webhook.delivered")
                .description("Events that the receiver took")
                .tag("tenant", tenantId)
                .register(registry);
        this.failed = Counter.builder("sluice.webhook.attempts.failed")
                .description("Attempts that the receiver did not answer with a 2xx")
                .tag("tenant", tenantId)
                .register(registry);
        this.givenUp = Counter.builder("sluice.webhook.given.up")
                .description("Events that the receiver did not take and that are tried no more")
                .tag("tenant", tenantId)
                .register(registry);
        this.oldest = Gauge.builder("sluice.webhook.oldest.age", () -> age.get().toMillis() / MILLIS)
                .description("How long the oldest undelivered event has waited")
                .baseUnit("seconds")
                .tag("tenant", tenantId)
                .register(registry);
    }

    void count(Attempt attempt) {
        (attempt.isDelivered() ? delivered : failed).increment();
    }

    void countGivenUp() {
        givenUp.increment();
    }

    @Override
    public void close() {
        List.of(delivered, failed, givenUp, oldest).forEach(registry::remove);
    }
}
