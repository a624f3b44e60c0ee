package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Outcomes;
import sluice.acceptance.testkit.Person;
import sluice.acceptance.testkit.Sluice;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.seal.Keyset;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.SecretKind;
import sluice.track.tenant.SecretRotation;
import sluice.track.tenant.TenantSetup;

/** Secrets and keys are changed on two nodes while calls go on: none of them fails. */
@ExtendWith(KafkaBroker.class)
class RotationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Sluice sluice;
    private SecretRotation rotation;

    @BeforeEach
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder)
                .with("SLUICE_SESSION_TIMEOUT", "PT10S") // a machine that is slow for a while is no fault here
                .start()
                .start();
        rotation = new SecretRotation(
                sluice.node().configuration(),
                sluice.node().sealing(),
                InstantSource.system(),
                Author.commandLine("test", "run"));
    }

    @AfterEach
    void stop() throws IOException {
        sluice.close();
    }

    /** Calls at either ingress, one after the other, until it is closed. */
    private final class Load implements AutoCloseable {
        private final List<Answer> answers = new CopyOnWriteArrayList<>();
        private volatile String secret = Sluice.API_SECRET;
        private final CompletableFuture<Void> calls;
        private volatile boolean closed;

        Load() {
            calls = CompletableFuture.runAsync(() -> {
                for (var i = 0; !closed; i++) {
                    var path = "/users/rotation-%d/actions/browse".formatted(i % 10);
                    answers.add(sluice.api(i % 2).backend(secret, "POST", path, Map.of()));
                }
            });
        }

        void awaitMore(int wanted) {
            var from = answers.size();
            Awaitility.await().atMost(PATIENCE).until(() -> answers.size() >= from + wanted || calls.isDone());
        }

        @Override
        public void close() {
            closed = true;
            calls.join();
            assertThat(answers).extracting(Answer::status).containsOnly(200);
        }
    }

    private int track(int ingress, String secret) {
        return sluice.api(ingress)
                .backend(secret, "POST", "/users/ada/actions/browse", Map.of())
                .status();
    }

    /** S26, E3. */
    @Test
    void givenCallsThatGoOn_whenTheSecretIsRotated_thenNoneFailsAndTheOldOneEndsWhenItIsRetired() {
        try (var load = new Load()) {
            load.awaitMore(10);
            var older = ids().get(0);
            var added = rotation.add(Sluice.TENANT, SecretKind.SERVER, Duration.ofDays(1));
            assertThat(added.olderRetiresAt()).isPresent();
            assertThat(added.toString()).doesNotContain(added.secret());
            load.awaitMore(10);
            Awaitility.await().atMost(PATIENCE).until(() -> track(0, added.secret()) + track(1, added.secret()) == 400);
            load.secret = added.secret();
            load.awaitMore(10);

            assertThat(rotation.retireOlder(Sluice.TENANT, SecretKind.SERVER)).containsExactly(older);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> track(0, Sluice.API_SECRET) + track(1, Sluice.API_SECRET) == 802);
            load.awaitMore(10);

            assertThat(sluice.api(0).management("GET", "/tenant", Map.of()).status())
                    .isEqualTo(200);
            assertThat(lastUse(ids().get(0))).as("last use").isGreaterThan(0);
            assertThat(sluice.metrics()).doesNotContain(added.secret()).doesNotContain(Sluice.API_SECRET);
            assertAStaleIngressBringsNothingBack();
        }
    }

    private List<String> ids() {
        return rotation.secrets(Sluice.TENANT, SecretKind.SERVER).keys().stream()
                .map(SecretKey::id)
                .toList();
    }

    private double lastUse(String id) {
        return sluice.metrics()
                .lines()
                .filter(line -> line.startsWith("sluice_secret_last_use_seconds{") && line.contains(id))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .max()
                .orElse(-1);
    }

    /** As an ingress does that is started with the secret of former days. */
    private void assertAStaleIngressBringsNothingBack() {
        var stale = new Credentials(Sluice.TENANT, Sluice.API_SECRET, Sluice.MANAGEMENT_SECRET);
        var version = sluice.node().configuration().newest().version();
        new TenantSetup(
                        sluice.node().configuration(),
                        sluice.node().sealing(),
                        InstantSource.system(),
                        Author.commandLine("test", "run"))
                .complete(stale, false, Optional.empty());

        assertThat(sluice.node().configuration().newest().version()).isEqualTo(version);
        assertThat(track(0, Sluice.API_SECRET)).isEqualTo(401);
    }

    /** The second ingress may be told by the settings: what is unknown is added, and nothing is dropped. */
    @Test
    void givenAnotherManagementSecret_whenAnIngressStartsWithIt_thenBothAreGood() {
        var credentials = new Credentials(Sluice.TENANT, Sluice.API_SECRET, "another-management-secret");

        new TenantSetup(
                        sluice.node().configuration(),
                        sluice.node().sealing(),
                        InstantSource.system(),
                        Author.commandLine("test", "run"))
                .complete(credentials, false, Optional.empty());

        var good = rotation.secrets(Sluice.TENANT, SecretKind.MANAGEMENT)
                .good(InstantSource.system().instant());
        assertThat(good).hasSize(2);
        assertThat(good.get(1).retiresAt()).isPresent();
        assertThat(sluice.api(1).management("GET", "/tenant", Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void givenCallsThatGoOn_whenTheKeysetIsRotated_thenNoneFailsAndWhatIsNewIsSealedByTheNewKey() throws Exception {
        var person = Person.enrolled(sluice.api(0));
        var token = sluice.api(0).track(person.userId(), "signIn", Map.of()).text("token");
        var first = sluice.node().sealing().keyIds().get(0);
        try (var load = new Load()) {
            load.awaitMore(10);
            var added = Keyset.add(folder);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> sluice.metrics()
                                    .lines()
                                    .filter(line ->
                                            line.startsWith("sluice_keyset_key{") && line.contains(Keyset.named(added)))
                                    .count()
                            == 2);
            Keyset.seal(folder);
            Awaitility.await().atMost(PATIENCE).until(() -> sealsBy(added));
            load.awaitMore(20);

            assertThat(sluice.api(1).verify(token, person.code(0)).text("isVerified"))
                    .as("the authenticator was sealed by the former key, and so was the token's")
                    .isEqualTo("true");
            assertThat(sealedBy(added)).as("what is new").isPositive();
            assertThat(sealedBy(first)).as("what is old").isPositive();
        }
    }

    private boolean sealsBy(int keyId) {
        return sluice.metrics()
                        .lines()
                        .filter(line -> line.startsWith("sluice_keyset_key{") && line.contains(Keyset.named(keyId)))
                        .filter(line -> line.endsWith(" 1.0") || line.endsWith(" 1"))
                        .count()
                == 2;
    }

    /** How often users were put with what the key has sealed: Tink's prefix is a 1 and the key's id. */
    private long sealedBy(int keyId) {
        var prefix = ByteBuffer.allocate(5).put((byte) 1).putInt(keyId).array();
        return Outcomes.of(sluice.node().kafka().reader(), sluice.topics().prefix() + "rules-processor-user-changelog")
                .stream()
                .filter(read -> contains(read.value(), prefix))
                .count();
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (var from = 0; from + wanted.length <= bytes.length; from++) {
            if (ByteBuffer.wrap(bytes, from, wanted.length).equals(ByteBuffer.wrap(wanted))) return true;
        }
        return false;
    }
}
