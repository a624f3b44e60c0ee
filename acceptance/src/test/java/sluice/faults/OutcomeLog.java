package sluice.faults;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import sluice.acceptance.testkit.Outcomes;
import sluice.faults.history.Action;
import sluice.faults.history.Log;
import sluice.runtime.NodeSettings;
import sluice.runtime.registry.LogNumbering;
import sluice.runtime.settings.Settings;
import sluice.schemas.VerificationResult;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** Reads the outcome topics as an analyst would. */
final class OutcomeLog {
    private final Topics topics;
    private final Properties client = new Properties();

    OutcomeLog(Cluster cluster) throws InterruptedException {
        var node = NodeSettings.from(new Settings(cluster.environment()));
        topics = LogNumbering.of(node, step -> {}).topics();
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    Log read(Log.Replay replay) {
        return new Log(
                records(
                        topics.decisions,
                        each -> new Log.Decided(
                                each.getEventId(),
                                new Action(each.getUserId(), each.getActionCode(), each.getIdempotencyKey()),
                                each.getState().name())),
                records(
                        topics.verifications,
                        each -> new Log.Verified(
                                each.getEventId(),
                                new Action(each.getUserId(), each.getActionCode(), each.getIdempotencyKey()),
                                each.getResult() == VerificationResult.VERIFIED)),
                records(
                        topics.challengeTransitions,
                        each -> new Log.Transition(
                                each.getEventId(),
                                new Action(each.getUserId(), each.getActionCode(), each.getIdempotencyKey()),
                                Optional.ofNullable(each.getFrom()).map(Enum::name),
                                each.getTo().name())),
                replay);
    }

    private <V extends SpecificRecord, T> List<T> records(Topic<V> topic, Function<V, T> read) {
        return Outcomes.of(client, topic.name()).stream()
                .map(record -> read.apply(topic.value().fromBytes(record.value())))
                .toList();
    }
}
