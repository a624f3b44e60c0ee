package sluice.track.webhook;

import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import sluice.runtime.Node;
import sluice.track.delivery.Deliveries;
import sluice.track.delivery.DeliveryThread;

/** Tells one tenant for as long as it has a URL. */
final class TenantWebhook implements AutoCloseable {
    private final Node node;
    private final WebhookSettings settings;
    private final InstantSource clock;
    private final String tenantId;
    private final Instant since;
    private final Receiver receiver;
    private final DeliveryThread thread;
    private final WebhookMeters meters;

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
        this.thread = new DeliveryThread("webhooks-" + tenantId, this::deliveries);
        this.meters = new WebhookMeters(node.meters(), tenantId, thread::age);
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

    private Deliveries<WebhookEvent> deliveries() {
        var group = node.topics().prefix() + "webhooks." + tenantId;
        var consumer =
                new KafkaConsumer<>(node.kafka().member(group), new StringDeserializer(), new ByteArrayDeserializer());
        var events = new TenantEvents(node.topics(), tenantId);
        return new Deliveries<>(
                consumer, new WebhookFeed(events, receiver, settings.giveUpAfter(), meters), new Since(since), clock);
    }

    /** Waits for what is on its way, some seconds at most. */
    @Override
    public void close() {
        thread.close();
        receiver.close();
        meters.close();
    }
}
