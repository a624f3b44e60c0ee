package sluice.track.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.Node;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.configuration.domain.Setting.Webhook;
import sluice.runtime.seal.Sealing;
import sluice.schemas.id.DerivedId;
import sluice.track.delivery.Attempt;

/**
 * The synchronous webhooks: a tenant is asked while a call waits, once, and what it answers counts (contract section 9).
 * Thread-safe.
 */
public final class Questions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Questions to one tenant that may be open at once: its receiver's silence costs no more than these. */
    private static final int OPEN_MAX = 256;

    private final ConfigurationSource configuration;
    private final Sealing sealing;
    private final Targets targets;
    private final InstantSource clock;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    public Questions(Node node, Targets targets, InstantSource clock) {
        this(node.configuration(), node.sealing(), targets, clock);
    }

    Questions(ConfigurationSource configuration, Sealing sealing, Targets targets, InstantSource clock) {
        this.configuration = configuration;
        this.sealing = sealing;
        this.targets = targets;
        this.clock = clock;
    }

    /** What a tenant answers. */
    public enum Answer {
        YES,
        NO,
        /** It did not answer in time, or its receiver has a fault. */
        NONE
    }

    /** The way to one tenant. */
    private record Line(Sender sender, Semaphore free) {}

    /** Whether a tenant wants to be asked. */
    public boolean isAsked(String tenantId, EventType type) {
        return webhook(tenantId).answers(type.text());
    }

    /**
     * Asks a tenant that wants to be asked.
     *
     * @param causeId eventId of what the question is about; names it
     * @param data what is asked about
     * @return the answer, within some seconds; never completes exceptionally, and never on a thread that sends
     */
    public CompletableFuture<Answer> ask(String tenantId, EventType type, String causeId, ObjectNode data) {
        var id = DerivedId.of(causeId, type.text());
        var event = EventBody.of(type, id, clock.instant(), tenantId, data);
        return attempt(tenantId, event).thenApplyAsync(attempt -> {
            if (!attempt.isDelivered())
                LOG.warn(
                        "Webhook of tenant {}: {} {} is not answered with a 2xx: {}",
                        tenantId,
                        type.text(),
                        id,
                        attempt.cause());
            return answer(attempt);
        });
    }

    private static Answer answer(Attempt attempt) {
        return switch (attempt.end()) {
            case DELIVERED -> Answer.YES;
            case REFUSED -> Answer.NO;
            case FAILED, UNADDRESSED -> Answer.NONE;
        };
    }

    private CompletableFuture<Attempt> attempt(String tenantId, WebhookEvent event) {
        var since = webhook(tenantId).since();
        if (since.isEmpty()) return CompletableFuture.completedFuture(Attempt.UNADDRESSED);
        var line = lines.computeIfAbsent(
                tenantId, tenant -> new Line(new Sender(tenant, targets, clock, PATIENCE), new Semaphore(OPEN_MAX)));
        if (!line.free().tryAcquire()) return CompletableFuture.completedFuture(Attempt.failed("too many are open"));
        return new Receiver(tenantId, since.get(), configuration, sealing, line.sender(), clock)
                .attempt(event)
                .whenComplete((attempt, fault) -> line.free().release());
    }

    private Webhook webhook(String tenantId) {
        return configuration.newest().tenant(tenantId).map(Tenant::webhook).orElse(Webhook.UNSET);
    }

    @Override
    public void close() {
        lines.values().forEach(line -> line.sender().close());
    }
}
