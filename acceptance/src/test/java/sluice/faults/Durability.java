package sluice.faults;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** What must hold of every topic, those of Streams and of the broker too, for P1 to survive the loss of one broker. */
final class Durability {
    private static final String IN_SYNC = "2";

    private final String bootstrapServers;

    Durability(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** @throws IllegalStateException naming each topic that one broker alone may have the newest record of */
    void require() throws InterruptedException {
        try (var admin =
                Admin.create(Map.<String, Object>of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var topics = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            var weak = admin.describeConfigs(topics).all().get().entrySet().stream()
                    .filter(topic -> !IN_SYNC.equals(topic.getValue()
                            .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                            .value()))
                    .map(topic -> topic.getKey().name())
                    .sorted()
                    .collect(joining(", "));
            if (!weak.isEmpty()) throw new IllegalStateException("One broker alone may hold records of " + weak);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Can't see how the topics are kept", e);
        }
    }
}
