package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.ApicurioRegistry;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;

/**
 * A real registry, Apicurio's, which acceptance/registry fetches for {@code ./sluice test}. It wants a newer JDK than
 * Sluice does: left out, unless {@code sluice.test.apicurio} names the folder where it was unpacked, and
 * {@code sluice.test.apicurio.java} such a JDK's java.
 */
@ExtendWith(KafkaBroker.class)
@EnabledIfSystemProperty(named = "sluice.test.apicurio", matches = ".+")
class ApicurioTest {
    @TempDir
    private Path folder;

    @Test
    void givenApicurio_whenAFlowRuns_thenWhoeverKnowsTheRegistryAloneReadsItsOutcomes(Bootstrap kafka)
            throws Exception {
        var apicurio = Path.of(System.getProperty("sluice.test.apicurio", ""));
        try (var registry = ApicurioRegistry.start(apicurio, System.getProperty("sluice.test.apicurio.java", "java"));
                var sluice = Sluice.on(kafka, folder).with("SLUICE_SCHEMA_REGISTRY_URL", registry.url())) {
            registry.allowOnly("FULL_TRANSITIVE");
            sluice.start();
            var person = Person.enrolled(sluice.api(0));
            var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
            sluice.api(0).verify(token, person.code(0));

            assertOutcomesAreRead(sluice, registry);

            sluice.with("SLUICE_SCHEMA_REGISTRY_AUTO_REGISTER", "false").join();
        }
    }

    private static void assertOutcomesAreRead(Sluice sluice, ApicurioRegistry registry) throws Exception {
        var topic = sluice.topics().challengeTransitions;
        var states = new HashSet<String>();
        for (var read : Outcomes.of(sluice.node().kafka().client(), topic.name())) {
            var id = ByteBuffer.wrap(read.value(), 1, Integer.BYTES).getInt();
            var text = registry.get("/schemas/ids/" + id).orElseThrow().path("schema");
            var schema = new Schema.Parser().parse(text.asText());
            var bytes = DecoderFactory.get().binaryDecoder(read.value(), 5, read.value().length - 5, null);
            var outcome = new GenericDatumReader<GenericRecord>(schema).read(null, bytes);
            states.add(outcome.get("to").toString());
            assertThat(id)
                    .isEqualTo(registry.get("/subjects/" + topic.name() + "-value/versions/latest")
                            .orElseThrow()
                            .path("id")
                            .asInt());
        }
        assertThat(states).contains("CHALLENGE_REQUIRED", "CHALLENGE_SUCCEEDED");
    }
}
