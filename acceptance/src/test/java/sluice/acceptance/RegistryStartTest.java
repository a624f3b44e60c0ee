package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.ForeignSerializer;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.SoftRegistry;
import sluice.runtime.registry.RegistrySettings;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;
import sluice.schemas.topic.Topic;

/** When a process starts with a registry, and when it must not. */
@ExtendWith(KafkaBroker.class)
class RegistryStartTest {
    @TempDir
    private Path folder;

    private SoftRegistry registry;
    private Sluice sluice;

    @BeforeEach
    void open(Bootstrap kafka) throws IOException {
        registry = SoftRegistry.from(5000);
        sluice = registry.usedBy(Sluice.on(kafka, folder));
    }

    @AfterEach
    void close() throws Exception {
        sluice.close();
        registry.close();
    }

    /** An owner's own serializer, by configuration alone. */
    @Test
    void givenAnotherSerializer_whenAFlowRuns_thenItWritesTheRecordsAndSluiceReadsThem() throws Exception {
        sluice.with("SLUICE_VALUE_SERIALIZER", ForeignSerializer.class.getName())
                .start();

        assertThat(sluice.api(0)
                        .track("ada", "pay", Map.of("idempotencyKey", "payment-1"))
                        .status())
                .isEqualTo(200);

        assertThat(state("payment-1")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(ForeignSerializer.topics())
                .contains(
                        sluice.topics().trackEvents.name(),
                        sluice.topics().decisions.name(),
                        sluice.topics().challengeTransitions.name());
        assertThat(ids(sluice.topics().challengeTransitions))
                .allSatisfy(id -> assertThat(id).isGreaterThanOrEqualTo(5000));
    }

    @Test
    void givenASerializerThatIsNotThere_whenSluiceStarts_thenItSaysSo() {
        sluice.with("SLUICE_VALUE_SERIALIZER", "io.confluent.kafka.serializers.KafkaAvroSerializer");

        assertThatThrownBy(sluice::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SLUICE_CLASS_PATH");
    }

    @Test
    void givenARegistryThatComesLate_whenSluiceStarts_thenItWaits() throws Exception {
        registry.close();
        var started = CompletableFuture.supplyAsync(() -> {
            try {
                return sluice.join();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Thread.sleep(1500);
        assertThat(started).isNotDone();

        registry.open();

        assertThat(started.get().topics().publishedIds().releases()).isNotEmpty();
    }

    @Test
    void givenALogThatARegistryNumbered_whenAProcessIsToldOfNone_thenItDoesNotStart() throws Exception {
        sluice.startIngressAlone();

        sluice.with("SLUICE_SCHEMA_REGISTRY_URL", "");

        assertThatThrownBy(sluice::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set SLUICE_SCHEMA_REGISTRY_URL");
    }

    @Test
    void givenALogFromBeforeTheRegistry_whenItsIdsAreOthers_thenAllOfItIsRead(Bootstrap kafka) throws Exception {
        sluice.with("SLUICE_SCHEMA_REGISTRY_URL", "").startIngressAlone();
        sluice.api(0).track("ada", "pay", Map.of("idempotencyKey", "before"));
        var prefix = sluice.topics().prefix();
        sluice.close();

        sluice = registry.usedBy(Sluice.on(kafka, folder))
                .with("SLUICE_TOPIC_PREFIX", prefix)
                .start();

        sluice.api(0).track("ada", "pay", Map.of("idempotencyKey", "after"));
        assertThat(state("before")).isEqualTo("CHALLENGE_REQUIRED");
        assertThat(ids(sluice.topics().trackEvents))
                .hasSize(2)
                .anyMatch(id -> id < 5000)
                .anyMatch(id -> id >= 5000);
    }

    /** The same number for another version of the same record: nobody could tell which one a record was written with. */
    @Test
    void givenALogFromBeforeTheRegistry_whenItsIdsMeanSomethingElseThere_thenSluiceDoesNotStart(Bootstrap kafka)
            throws Exception {
        sluice.with("SLUICE_SCHEMA_REGISTRY_URL", "").startIngressAlone();
        var prefix = sluice.topics().prefix();
        sluice.close();
        registry.close();
        registry = SoftRegistry.from(1);
        registry.add("platform", SoftRegistry.leastTrackEvent().toString());

        sluice = registry.usedBy(Sluice.on(kafka, folder)).with("SLUICE_TOPIC_PREFIX", prefix);

        assertThatThrownBy(sluice::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mean something else in the registry");
    }

    @Test
    void givenARegistryThatMustHaveThem_whenItLacksASchema_thenSluiceSaysWhichAndDoesNotStart() {
        sluice.with("SLUICE_SCHEMA_REGISTRY_AUTO_REGISTER", "false");

        assertThatThrownBy(sluice::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lacks version")
                .hasMessageContaining("configuration-value")
                .hasMessageNotContaining(SoftRegistry.USER_INFO);
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void givenARegistryThatHasThem_whenNothingMayBeRegistered_thenTheyAreFound() throws Exception {
        sluice.with("SLUICE_SCHEMA_REGISTRY_SUBJECTS", "RECORD_NAME").join();

        var node = sluice.with("SLUICE_SCHEMA_REGISTRY_AUTO_REGISTER", "false").join();

        assertThat(registry.subjects()).contains("sluice.schemas.TrackEvent").noneMatch(name -> name.endsWith("value"));
        assertThat(node.topics().publishedIds().releases()).isNotEmpty();
    }

    @Test
    void givenAWrongPassword_whenSluiceStarts_thenItSaysThatTheRegistryRefusesAndShowsNoPassword() {
        sluice.with("SLUICE_SCHEMA_REGISTRY_USER_INFO", "sluice:wrong-password");

        assertThatThrownBy(sluice::join)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refuses")
                .hasMessageContaining("401")
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void givenAPasswordInTheUrl_whenRead_thenItIsRefusedAndNotShown() {
        var settings = new Settings(Map.of("SLUICE_SCHEMA_REGISTRY_URL", "http://sluice:password@127.0.0.1:1"));

        assertThatThrownBy(() -> RegistrySettings.from(settings))
                .isInstanceOf(RefusedSettingsException.class)
                .hasMessageContaining("SLUICE_SCHEMA_REGISTRY_URL")
                .hasMessageNotContaining("password@");
    }

    private List<Integer> ids(Topic<?> topic) {
        return Outcomes.of(sluice.node().kafka().client(), topic.name()).stream()
                .map(read -> ByteBuffer.wrap(read.value(), 1, Integer.BYTES).getInt())
                .toList();
    }

    private String state(String idempotencyKey) {
        return sluice.api(0)
                .backend("GET", "/users/ada/actions/pay/" + idempotencyKey, Map.of())
                .text("state");
    }
}
