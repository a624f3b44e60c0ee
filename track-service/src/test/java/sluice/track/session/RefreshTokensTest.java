package sluice.track.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.schemas.RefreshToken;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.token.BadTokenException;
import sluice.track.token.BadTokenException.Fault;

/** Refresh tokens are opaque, ours, and good for their time. */
class RefreshTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private Instant now = NOW;
    private Sealing sealing;
    private RefreshTokens tokens;

    @BeforeEach
    void aKeyset() throws Exception {
        sealing = Keyset.open(folder);
        tokens = new RefreshTokens(sealing, ReleasedSchemas.load(), () -> now);
    }

    private RefreshToken token(String userId) {
        return new RefreshToken("acme", userId, "session-1", 3, NOW.plusSeconds(60), tokens.newSecret());
    }

    @Test
    void givenAToken_whenOpened_thenItSaysWhatItWasGivenAndItsHolderCanReadNothing() throws Exception {
        var token = token("ann");

        var sealed = tokens.seal(token);

        assertThat(tokens.open(sealed)).isEqualTo(token);
        assertThat(new String(Base64.getUrlDecoder().decode(sealed), ISO_8859_1))
                .doesNotContain("acme", "ann", "session-1");
        assertThat(tokens.seal(token)).as("no two texts are alike").isNotEqualTo(sealed);
    }

    @Test
    void givenTheLongestOfEverything_whenSealed_thenTheTokenFitsWhereItIsRead() {
        var longest = token("\u4E00".repeat(UserKey.TEXT_LENGTH_MAX));

        assertThat(tokens.seal(longest)).hasSizeLessThan(8192);
    }

    @Test
    void givenATokenWhoseTimeIsOver_whenOpened_thenItIsExpired() {
        var sealed = tokens.seal(token("ann"));
        now = NOW.plusSeconds(60);

        assertRefused(sealed, Fault.EXPIRED);
    }

    @Test
    void e4_givenATokenWithAnyBitAltered_whenOpened_thenItIsInvalid() {
        var bytes = Base64.getUrlDecoder().decode(tokens.seal(token("ann")));
        for (var i = 0; i < bytes.length; i++) {
            var altered = bytes.clone();
            altered[i] ^= 1;
            assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(altered), Fault.INVALID);
        }
    }

    @Test
    void e4_givenWhatWasSealedForAnotherPlace_whenItComesAsAToken_thenItIsInvalid() {
        var elsewhere = sealing.seal(new byte[40], "profile", "acme", "ann");

        assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(elsewhere), Fault.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "not base64!", "eyJhbGciOiJub25lIn0.e30.", "\u00e9"})
    void e4_givenWhatIsNoToken_whenOpened_thenItIsInvalid(String text) {
        assertRefused(text, Fault.INVALID);
    }

    @Test
    void givenSecrets_whenHashed_thenTheHashIsThatOfAllTheirBytesAndLeavesThemAsTheyAre() {
        var secret = ByteBuffer.wrap(new byte[] {'a', 'b', 'c'});

        assertThat(RefreshTokens.hash(secret)) // FIPS 180-4, example of SHA-256
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(secret.remaining()).isEqualTo(3);
        assertThat(tokens.newSecret().remaining()).isEqualTo(32);
    }

    private void assertRefused(String text, Fault fault) {
        assertThatThrownBy(() -> tokens.open(text))
                .isInstanceOfSatisfying(BadTokenException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(fault));
    }
}
