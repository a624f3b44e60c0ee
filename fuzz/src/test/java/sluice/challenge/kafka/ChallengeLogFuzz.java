package sluice.challenge.kafka;

import java.time.Duration;
import java.util.List;
import sluice.fuzz.Choices;
import sluice.fuzz.Kafkaless;
import sluice.runtime.query.Ownership;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;

/** Records on the challenge service's topics, which are public: whatever comes, its partition goes on. */
public final class ChallengeLogFuzz {
    private static final Topics TOPICS = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private static final Kafkaless KAFKALESS = new Kafkaless(
            TOPICS,
            streams -> new ChallengeTopology(TOPICS, streams, Ownership.UNASKED).get(),
            List.of(TOPICS.decisions, TOPICS.verifications, TOPICS.userChanges),
            List.of(TOPICS.challengeTransitions, TOPICS.replies, TOPICS.userCommands),
            List.of(ChallengeTopology.ACTION, ChallengeTopology.EXPIRY));

    private ChallengeLogFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        KAFKALESS.feed(new Choices(input));
    }
}
