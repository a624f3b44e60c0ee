package sluice.track.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.Node;

/** Tells one tenant for as long as it has a URL: keeps its deliveries going, whatever ends them. */
final class TenantWebhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantWebhook.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(6);

    private final Node node;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final String tenantId;
    private final Instant since;
    private final Receiver receiver;
    private final WebhookMeters meters;
    private final Thread thread;
    private volatile @Nullable Deliveries deliveries;
    private volatile boolean closed;

    private TenantWebhook(Node node, WebhookSettings settings, InstantSource clock, String tenantId, Instant since) {
        this.node = node;
        this.settings = settings;
        this.clock = clock;
        this.tenantId = tenantId;
        this.since = since;
        this.receiver = new Receiver(
                tenantId,
                since,
                node.configuration(),
                node.sealing(),
                new Sender(tenantId, settings.targets(), clock),
                clock);
        this.meters = new WebhookMeters(node.meters(), tenantId, this::age);
        this.thread = new Thread(this::deliver, "webhooks-" + tenantId);
        thread.setDaemon(true);
    }

    /**
     * Begins to deliver.
     *
     * @param since when the tenant set a URL where there was none
     */
    static TenantWebhook start(
            Node node, WebhookSettings settings, InstantSource clock, String tenantId, Instant since) {
        var webhook = new TenantWebhook(node, settings, clock, tenantId, since);
        webhook.thread.start();
        return webhook;
    }

    String tenantId() {
        return tenantId;
    }

    Instant since() {
        return since;
    }

    private Duration age() {
        var current = deliveries;
        return current == null ? Duration.ZERO : current.age();
    }

    private void deliver() {
        while (!closed) {
            try {
                var current = deliveries();
                deliveries = current;
                if (closed) current.close();
                current.run();
            } catch (RuntimeException e) {
                LOG.warn("Webhooks of tenant {} are interrupted, and go on soon", tenantId, e);
                pause();
            }
        }
    }

    private Deliveries deliveries() {
        var group = node.topics().prefix() + "webhooks." + tenantId;
        var consumer =
                new KafkaConsumer<>(node.kafka().member(group), new StringDeserializer(), new ByteArrayDeserializer());
        return new Deliveries(
                consumer,
                new TenantEvents(node.topics(), tenantId),
                receiver,
                new Start(since),
                settings.giveUpAfter(),
                clock,
                meters);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            LOG.debug("closed");
        }
    }

    /** Waits for what is on its way, some seconds at most. */
    @Override
    public void close() {
        closed = true;
        var current = deliveries;
        if (current != null) current.close();
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        receiver.close();
        meters.close();
    }
}
