package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;

/** S19: an operator takes a verification method from a tenant. */
@ExtendWith(KafkaBroker.class)
class MethodsTest {
    @TempDir
    private Path folder;

    @Test
    void s19_givenAnOpenChallenge_whenOneIngressIsStartedWithoutItsMethod_thenTheRightCodeCountsAtNone(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder).start()) {
            var api = sluice.api(0);
            var person = Person.enrolled(api);
            var tracked = api.track(person.userId(), "signIn", Map.of());
            var path = "/users/" + person.userId() + "/actions/signIn/" + tracked.text("idempotencyKey");

            sluice.with("SLUICE_METHODS", "PASSKEY").startIngressAlone();

            for (var ingress = 0; ingress < 2; ingress++) {
                assertThat(sluice.api(ingress)
                                .verify(tracked.text("token"), person.code(0))
                                .text("isVerified"))
                        .isNotEqualTo("true");
            }
            assertThat(api.backend("GET", path, Map.of()).text("state")).isEqualTo("CHALLENGE_REQUIRED");

            sluice.with("SLUICE_METHODS", "PASSKEY,AUTHENTICATOR_APP").startIngressAlone();

            assertThat(api.verify(tracked.text("token"), person.code(0)).text("isVerified"))
                    .as("the authenticator was kept, and its code was not spent")
                    .isEqualTo("true");
        }
    }
}
