package sluice.acceptance.testkit;

import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import sluice.schemas.Actor;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;

/** Who is behind each record of an installation's log, as the records say. */
public record LoggedActors(Topics topics, Properties client) {

    /**
     * What a record says of who is behind it.
     *
     * @param topic its name
     * @param causeId why, of a change to the configuration
     */
    public record Said(String topic, Actor by, @Nullable String causeId) {}

    /** Of events and commands. */
    public List<Said> inputs() {
        return Stream.of(topics.trackEvents, topics.verifyEvents, topics.userCommands)
                .flatMap(this::said)
                .toList();
    }

    /** Of what came of them. */
    public List<Said> outcomes() {
        return Stream.of(topics.decisions, topics.verifications, topics.userChanges, topics.challengeTransitions)
                .flatMap(this::said)
                .toList();
    }

    /** Of changes to the configuration. */
    public List<Said> changes() {
        return said(topics.configuration).toList();
    }

    private <V extends SpecificRecord> Stream<Said> said(Topic<V> topic) {
        return Outcomes.of(client, topic.name()).stream()
                .map(read -> said(topic, topic.value().fromBytes(read.value())));
    }

    private static Said said(Topic<?> topic, SpecificRecord record) {
        var by = (Actor) record.get(record.getSchema().getField("by").pos());
        if (by == null) throw new AssertionError("It does not say who is behind it: " + record);
        return new Said(topic.name(), by, record instanceof ConfigurationChange change ? change.getCauseId() : null);
    }
}
