package sluice.track.webhook;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.seal.Sealing;
import sluice.track.delivery.Attempt;
import sluice.track.tenant.SecretKind;

/**
 * One tenant's receiver, as the newest configuration has it at each attempt: its URL, and the secrets to sign with. A
 * receiver that was unset is not there again when another is set: that one is told of what comes from then on.
 */
final class Receiver implements AutoCloseable {
    /** What an API secret is sealed for, before the tenant's id. */
    private static final String SEALED_FOR = "api-secret";

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final String tenantId;
    private final Instant since;
    private final ConfigurationSource configuration;
    private final Sealing sealing;
    private final Sender sender;
    private final InstantSource clock;

    /** @param since when the tenant set a URL where there was none */
    Receiver(
            String tenantId,
            Instant since,
            ConfigurationSource configuration,
            Sealing sealing,
            Sender sender,
            InstantSource clock) {
        this.tenantId = tenantId;
        this.since = since;
        this.configuration = configuration;
        this.sealing = sealing;
        this.sender = sender;
        this.clock = clock;
    }

    /** Where it is now; empty if it was unset. */
    Optional<String> url() {
        return tenant().flatMap(tenant -> tenant.webhook().url());
    }

    /**
     * Whether an event of this type is to be told. While the receiver is not there any more nothing is passed over: the
     * event may be the first of one that was set since, whose deliveries take up where these end.
     */
    boolean wants(EventType type) {
        return tenant().map(Tenant::webhook)
                .map(webhook -> type.isByName() ? webhook.names(type.text()) : webhook.tells(type.text()))
                .orElse(true);
    }

    /** Makes one attempt; never completes exceptionally. */
    CompletableFuture<Attempt> post(WebhookEvent event) {
        return attempt(event).thenApply(attempt -> {
            if (!attempt.isDelivered()) {
                LOG.warn(
                        "Webhook of tenant {}: {} {} not delivered, will be tried again: {}",
                        tenantId,
                        event.type().text(),
                        event.id(),
                        attempt.cause());
            }
            return attempt;
        });
    }

    /** Makes one attempt, and leaves it to the caller to tell of it; never completes exceptionally. */
    CompletableFuture<Attempt> attempt(WebhookEvent event) {
        var newest = tenant();
        var url = newest.flatMap(tenant -> tenant.webhook().url()).map(URI::create);
        var secrets = newest.map(tenant -> SecretKind.SERVER.of(tenant).good(clock.instant()))
                .orElse(List.of());
        if (url.isEmpty() || secrets.isEmpty()) {
            return CompletableFuture.completedFuture(Attempt.UNADDRESSED);
        }
        return sender.post(
                url.orElseThrow(), event, secrets.stream().map(this::opened).toList());
    }

    private byte[] opened(SecretKey key) {
        return sealing.open(key.secret().bytes(), SEALED_FOR, tenantId);
    }

    /** The tenant, while the receiver is this one. */
    private Optional<Tenant> tenant() {
        return configuration.newest().tenant(tenantId).filter(tenant -> tenant.webhook()
                .since()
                .equals(Optional.of(since)));
    }

    @Override
    public void close() {
        sender.close();
    }
}
