package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.schemas.topic.TopicCreation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

@ExtendWith(KafkaBroker.class)
class TopicCreationTest {
    /** To a cluster of two whose second broker comes late, as one broker sees it: what it refuses it refuses itself. */
    private static final class LateBroker extends ForwardingAdmin {
        private static final int ASKED_TOO_EARLY = 3;
        private final AtomicInteger asked = new AtomicInteger();

        LateBroker(Bootstrap kafka) {
            super(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers()));
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
            if (asked.incrementAndGet() <= ASKED_TOO_EARLY) return super.createTopics(topics, options);
            var one = topics.stream()
                    .map(topic -> new NewTopic(topic.name(), topic.numPartitions(), (short) 1).configs(topic.configs()))
                    .toList();
            return super.createTopics(one, options);
        }
    }

    @Test
    void givenFewerBrokersThanCopies_whenTheOthersCome_thenTheTopicsAreCreated(Bootstrap kafka) throws Exception {
        var prefix = "late-" + UUID.randomUUID() + ".";
        var topics = new Topics(prefix, 1, Duration.ofDays(1), ReleasedSchemas.load());
        try (var admin = new LateBroker(kafka)) {
            new TopicCreation(admin, 2).createMissing(topics);

            assertThat(admin.asked).hasValue(LateBroker.ASKED_TOO_EARLY + 1);
            assertThat(admin.listTopics().names().get()).contains(prefix + "track-events", prefix + "dead-letters");
        }
    }
}
