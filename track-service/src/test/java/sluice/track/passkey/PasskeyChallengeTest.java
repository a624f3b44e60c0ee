package sluice.track.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.schemas.id.UserKey;

class PasskeyChallengeTest {
    private static final Instant END = Instant.parse("2026-01-01T00:10:00Z");

    @TempDir
    private Path folder;

    private Sealing sealing;

    @BeforeEach
    void open() throws IOException {
        sealing = Keyset.open(folder);
    }

    @Test
    void givenAChallenge_whenItsClientBringsItBack_thenItIsTheSame() {
        var challenge = challenge("ada");

        assertThat(PasskeyChallenge.opened(sealing, "acme", challenge.sealed(sealing, "acme")))
                .contains(challenge);
    }

    @Test
    void givenTheLongestIds_whenSealed_thenTheClientMayBringItBack() {
        var id = "\uD83D\uDE00".repeat(UserKey.TEXT_LENGTH_MAX / 2);
        var challenge = new PasskeyChallenge("c".repeat(43), "a".repeat(64), id, id, END.toEpochMilli());

        assertThat(challenge.sealed(sealing, "acme")).hasSizeLessThan(PasskeyChallenge.ID_LENGTH_MAX);
    }

    /** E1. */
    @Test
    void givenAChallengeOfATenant_whenAnotherTenantsClientBringsIt_thenItIsNone() {
        assertThat(PasskeyChallenge.opened(sealing, "other", challenge(null).sealed(sealing, "acme")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "no base64!", "é"})
    void givenWhatIsNoChallenge_whenOpened_thenItIsNone(String text) {
        assertThat(PasskeyChallenge.opened(sealing, "acme", text)).isEmpty();
    }

    @Test
    void givenAnyLetterAltered_whenOpened_thenItIsNoneOrTheSame() {
        var challenge = challenge("ada");
        var sealed = challenge.sealed(sealing, "acme");
        for (var i = 0; i < sealed.length(); i++) {
            var altered = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);

            var opened = PasskeyChallenge.opened(sealing, "acme", altered);

            assertThat(opened.isEmpty() || i == sealed.length() - 1).isTrue(); // the last digit has spare bits
            opened.ifPresent(same -> assertThat(same).isEqualTo(challenge));
        }
    }

    @Test
    void givenAChallenge_whenItsTimeComes_thenItHasLapsed() {
        assertThat(challenge(null).hasLapsed(END.minusMillis(1))).isFalse();
        assertThat(challenge(null).hasLapsed(END)).isTrue();
    }

    private static PasskeyChallenge challenge(@Nullable String userId) {
        var bytes = PasskeyChallenge.random(new SecureRandom());
        return new PasskeyChallenge(PasskeyChallenge.text(bytes), "signIn", "key-1", userId, END.toEpochMilli());
    }
}
