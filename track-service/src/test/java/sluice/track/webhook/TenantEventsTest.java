package sluice.track.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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

    /** What stopped here would be read again for ever, and nothing after it delivered. */
    @Test
    void givenWhatIsNoRecord_whenItIsRead_thenItIsSteppedOver() {
        for (var topic :
                List.of(topics.challengeTransitions.name(), topics.userChanges.name(), topics.verifications.name())) {
            assertThat(read(topic, null)).isEmpty();
            assertThat(read(topic, new byte[] {1, 2, 3})).isEmpty();
        }
    }

    @Test
    void givenAChangeThatLacksWhatItsKindHas_whenItIsRead_thenItIsSteppedOver() {
        var change = change("acme", "ada", UserChangeKind.AUTHENTICATOR_DELETED);

        assertThat(read(topics.userChanges.name(), topics.userChanges.value().toBytes(change)))
                .isEmpty();
    }

    private Optional<WebhookEvent> read(String topic, byte @Nullable [] bytes) {
        return events.of(new ConsumerRecord<>(topic, 0, 0, UserKey.of("acme", "ada"), bytes));
    }

    private static UserChange change(String tenantId, String userId, UserChangeKind kind) {
        return UserChange.newBuilder()
                .setEventId("change-1")
                .setCauseId("command-1")
                .setTenantId(tenantId)
                .setUserId(userId)
                .setChangedAt(Instant.EPOCH)
                .setKind(kind)
                .build();
    }

    private Optional<WebhookEvent> deletion(String tenantId, String userId) {
        var change = change(tenantId, userId, UserChangeKind.USER_DELETED);
        var bytes = topics.userChanges.value().toBytes(change);
        return events.of(new ConsumerRecord<>(topics.userChanges.name(), 0, 0, UserKey.of(tenantId, userId), bytes));
    }
}
