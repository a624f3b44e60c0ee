package sluice.track.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

class TenantEventsTest {
    private final Topics topics = new Topics("sluice.", 4, Duration.ofDays(1), ReleasedSchemas.load());
    private final TenantEvents events = new TenantEvents(topics, "acme");

    @Test
    void givenAUserWhoIsMadeUpForAChallenge_whenSomethingBecomesOfThem_thenNoWebhookTells() {
        assertThat(deletion("acme", "ada")).isPresent();
        assertThat(deletion("acme", NobodyId.random())).isEmpty();
    }

    /** E1. */
    @Test
    void givenAnotherTenantsUser_whenSomethingBecomesOfThem_thenNoWebhookTells() {
        assertThat(deletion("acme2", "ada")).isEmpty();
    }

    private Optional<WebhookEvent> deletion(String tenantId, String userId) {
        var change = UserChange.newBuilder()
                .setEventId("change-1")
                .setCauseId("command-1")
                .setTenantId(tenantId)
                .setUserId(userId)
                .setChangedAt(Instant.EPOCH)
                .setKind(UserChangeKind.USER_DELETED)
                .build();
        var bytes = topics.userChanges.value().toBytes(change);
        return events.of(new ConsumerRecord<>(topics.userChanges.name(), 0, 0, UserKey.of(tenantId, userId), bytes));
    }
}
