package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;

/** The other processing guarantee (design section 2): a setting, and the same flow. */
@ExtendWith(KafkaBroker.class)
class ExactlyOnceTest {
    @TempDir
    private Path folder;

    @Test
    void givenExactlyOnce_whenAChallengeIsMet_thenTheFlowIsTheSameAndNoOutcomeComesTwice(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).with("SLUICE_PROCESSING_GUARANTEE", "EXACTLY_ONCE")) {
            sluice.start();
            var person = Person.enrolled(sluice.api(0));
            var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");

            var verified = sluice.api(0).verify(token, person.code(0));

            assertThat(sluice.api(0).validate(verified.text("accessToken")).text("state"))
                    .isEqualTo("CHALLENGE_SUCCEEDED");
            var reader = sluice.node().kafka().client();
            reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            var transitions = sluice.topics().challengeTransitions;
            assertThat(Outcomes.of(reader, transitions.name()))
                    .hasSize(4)
                    .extracting(
                            read -> transitions.value().fromBytes(read.value()).getEventId())
                    .doesNotHaveDuplicates();
        }
    }
}
