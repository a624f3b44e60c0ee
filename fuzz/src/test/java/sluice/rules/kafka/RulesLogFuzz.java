package sluice.rules.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import sluice.fuzz.Acme;
import sluice.fuzz.Choices;
import sluice.fuzz.Kafkaless;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Glass;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

/** Records on the rules processor's topics, which are public: whatever comes, its partition goes on. */
public final class RulesLogFuzz {
    private static final Topics TOPICS = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private static final Kafkaless KAFKALESS = new Kafkaless(
            TOPICS,
            RulesLogFuzz::topology,
            List.of(TOPICS.trackEvents, TOPICS.verifyEvents, TOPICS.userCommands),
            List.of(TOPICS.decisions, TOPICS.verifications, TOPICS.userChanges, TOPICS.signalObservations),
            List.of(RulesTopology.USER));

    private RulesLogFuzz() {}

    private static Topology topology(Properties streams) {
        try {
            return new RulesTopology(
                            TOPICS,
                            streams,
                            Glass.sealing(),
                            Blinding.open(Kafkaless.folder()),
                            Acme.configuration(),
                            Ownership.UNASKED,
                            new SimpleMeterRegistry())
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        KAFKALESS.feed(new Choices(input));
    }
}
