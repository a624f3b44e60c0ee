package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.NodeSettings;
import sluice.runtime.settings.Settings;

/** What the promises of design section 2 ask of Kafka's clients. */
class KafkaPropertiesTest {

    private static Properties streams(Map<String, String> environment) {
        return new KafkaProperties(NodeSettings.from(new Settings(environment)))
                .streams("app", "member", Path.of("state"), "dead-letters");
    }

    /** P1: a changelog that one broker alone has is lost with that broker, and with it what was decided. */
    @Test
    void givenThreeReplicas_whenStreamsMakesATopic_thenTwoMustHaveEachRecord() {
        var properties = streams(Map.of("SLUICE_REPLICATION_FACTOR", "3"));

        assertThat(properties).containsEntry("topic.min.insync.replicas", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void givenFewerReplicas_whenStreamsMakesATopic_thenOneIsEnough(String replicas) {
        assertThat(streams(Map.of("SLUICE_REPLICATION_FACTOR", replicas)))
                .doesNotContainKey("topic.min.insync.replicas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void givenEitherGuarantee_whenStreamsWrites_thenAllReplicasMustHaveItOnce(String guarantee) {
        var config = new StreamsConfig(streams(Map.of("SLUICE_PROCESSING_GUARANTEE", guarantee)));

        var producer = config.getProducerConfigs("producer");

        assertThat(producer)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    }

    /** The clients' own default is half a minute, longer than any call waits. */
    @Test
    void givenABrokerThatFallsSilent_whenAClientWaits_thenNotForLong() {
        var config = new StreamsConfig(streams(Map.of()));

        assertThat(config.getProducerConfigs("producer"))
                .containsEntry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        assertThat(config.getMainConsumerConfigs("group", "client", 1))
                .containsEntry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        assertThat(config.getRestoreConsumerConfigs("client"))
                .containsEntry(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    }

    /** A process that was killed and starts again gets its partitions back at once: ADR 3. */
    @Test
    void givenAMember_whenItJoins_thenItIsKnownByNameAndMissedAfterItsSessionTimeout() {
        var config = new StreamsConfig(streams(Map.of("SLUICE_SESSION_TIMEOUT", "PT2S")));

        var consumer = config.getMainConsumerConfigs("group", "client", 1);

        assertThat(consumer)
                .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "member-1")
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 2000)
                .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 250);
    }
}
