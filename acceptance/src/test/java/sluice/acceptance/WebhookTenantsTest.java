package sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Sluice;
import sluice.acceptance.testkit.WebhookReceiver;
import sluice.runtime.Node;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.seal.domain.Sealed;
import sluice.track.tenant.SecretHash;

/** Webhooks of several tenants, and of one with two secrets: set on the log, as no call does yet. */
@ExtendWith(KafkaBroker.class)
class WebhookTenantsTest {
    @TempDir
    private Path folder;

    /** E1, and S25: a secret that is being replaced signs as well. */
    @Test
    void s25_e1_givenTwoTenantsAndTwoSecrets_whenOneHasASignIn_thenItAloneIsToldAndBothItsSecretsSign(Bootstrap kafka)
            throws Exception {
        try (var sluice = Sluice.on(kafka, folder);
                var down = WebhookReceiver.listening();
                var acmes = WebhookReceiver.listening();
                var others = WebhookReceiver.listening()) {
            var node = sluice.start().node();
            set(node, "down", down.url(), "their-secret");
            set(node, "other", others.url(), "other-secret");
            set(node, Sluice.TENANT, acmes.url(), "new-secret", Sluice.API_SECRET);
            down.goDown();

            sluice.api(0).track("ada", "signIn", Map.of());

            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !acmes.taken()
                    .isEmpty());
            assertThat(acmes.taken().get(0).signature()).matches("t=\\d+,v2=[\\w+/]{43},v2=[\\w+/]{43}");
            assertThat(others.calls()).isEmpty();
        }
    }

    private static void set(Node node, String tenantId, String url, String... secrets) {
        var keys = Stream.of(secrets).map(secret -> key(node, tenantId, secret)).toList();
        var webhook = new Setting.Webhook(Optional.of(url), Optional.empty(), Optional.of(Instant.now()));
        var tenant = new Setting.Tenant(tenantId, keys, List.of(), Duration.ofMinutes(10), 5).withWebhook(webhook);
        var piece = Piece.tenant(tenantId);
        var change = new Change(
                UUID.randomUUID().toString(),
                piece,
                node.configuration().newest().changedAt(piece),
                Instant.now(),
                Author.commandLine("test", "run"),
                Optional.of(tenant));
        assertThat(node.configuration().append(change).join()).isTrue();
    }

    private static SecretKey key(Node node, String tenantId, String secret) {
        var sealed = node.sealing().seal(secret.getBytes(UTF_8), "api-secret", tenantId);
        return new SecretKey(SecretHash.of(secret), new Sealed(sealed));
    }
}
