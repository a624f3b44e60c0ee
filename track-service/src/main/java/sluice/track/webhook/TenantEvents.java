package sluice.track.webhook;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.schemas.id.NobodyId;
import sluice.schemas.id.UserKey;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.SchemaUnavailableException;

/** Finds one tenant's events among the records of all. */
final class TenantEvents {
    private static final Logger LOG = LoggerFactory.getLogger(TenantEvents.class);

    private final Topics topics;
    private final String keysStart;

    TenantEvents(Topics topics, String tenantId) {
        this.topics = topics;
        this.keysStart = UserKey.of(tenantId, "");
    }

    /** Names of the topics that events are made of. */
    List<String> topics() {
        return List.of(topics.challengeTransitions.name(), topics.userChanges.name(), topics.verifications.name());
    }

    /** The event that a record makes; empty for another tenant's, for a made-up user's, and for what no event tells of. */
    Optional<WebhookEvent> of(ConsumerRecord<String, byte[]> read) {
        if (read.key() == null || !read.key().startsWith(keysStart)) return Optional.empty();
        if (NobodyId.is(read.key().substring(keysStart.length()))) return Optional.empty();
        try {
            return event(read.topic(), read.value());
        } catch (SchemaUnavailableException e) {
            throw e;
        } catch (RuntimeException e) { // what is no record, and one that lacks what its kind has
            LOG.error(
                    "Record {} of {}-{} can't be read, no webhook tells of it",
                    read.offset(),
                    read.topic(),
                    read.partition(),
                    e);
            return Optional.empty();
        }
    }

    private Optional<WebhookEvent> event(String topic, byte[] value) {
        if (topic.equals(topics.challengeTransitions.name())) {
            return Optional.of(EventBody.of(topics.challengeTransitions.value().fromBytes(value)));
        }
        return topic.equals(topics.verifications.name())
                ? RefusedAttempt.of(topics.verifications.value().fromBytes(value))
                : EventBody.of(topics.userChanges.value().fromBytes(value));
    }
}
