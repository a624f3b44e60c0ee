package sluice.track.webhook;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.Node;
import sluice.runtime.configuration.domain.Setting.Tenant;

/**
 * Tells every tenant that has set a URL; follows the configuration, so that a URL that is set, changed or unset counts
 * within a second. Several processes share each tenant's partitions.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final Node node;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final Map<String, TenantWebhook> running = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private long seen = -1;

    private Webhooks(Node node, WebhookSettings settings, InstantSource clock) {
        this.node = node;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to look after the tenants there are. */
    public static Webhooks start(Node node, WebhookSettings settings, InstantSource clock) {
        var webhooks = new Webhooks(node, settings, clock);
        webhooks.looks.scheduleWithFixedDelay(webhooks::look, 0, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return webhooks;
    }

    private synchronized void look() {
        try {
            var newest = node.configuration().newest();
            if (newest.version() == seen) return;
            follow(wanted(newest.tenants()));
            seen = newest.version();
        } catch (RuntimeException e) {
            LOG.error("Can't follow the tenants' webhooks now", e);
        }
    }

    private static Map<String, Instant> wanted(Map<String, Tenant> tenants) {
        return tenants.entrySet().stream()
                .filter(tenant -> tenant.getValue().webhook().since().isPresent())
                .collect(toMap(
                        Map.Entry::getKey,
                        tenant -> tenant.getValue().webhook().since().orElseThrow()));
    }

    private void follow(Map<String, Instant> wanted) {
        running.values().removeIf(webhook -> {
            if (webhook.since().equals(wanted.get(webhook.tenantId()))) return false;
            webhook.close();
            return true;
        });
        wanted.forEach((tenantId, since) ->
                running.computeIfAbsent(tenantId, tenant -> TenantWebhook.start(node, settings, clock, tenant, since)));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        synchronized (this) {
            running.values().forEach(TenantWebhook::close);
            running.clear();
        }
    }
}
