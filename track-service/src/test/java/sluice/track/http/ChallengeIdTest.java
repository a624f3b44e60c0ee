package sluice.track.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.seal.Keyset;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.EmailAddress;
import sluice.track.token.Token;

class ChallengeIdTest {
    @TempDir
    private Path folder;

    /** E1. */
    @Test
    void givenAnId_whenAnotherTenantAsks_thenThereIsNoSuchChallenge() throws Exception {
        var ids = new ChallengeId(Keyset.open(folder));
        var token = new Token("acme", "ada", "signIn", "1", Set.of(Token.ADD_AUTHENTICATORS));

        var id = ids.of(token, VerificationMethod.EMAIL_OTP, new EmailAddress("ada@example.com"), true);

        assertThat(ids.open("evil", id)).isEmpty();
        var named = ids.open("acme", id).orElseThrow();
        assertThat(named.token()).isEqualTo(new Token("acme", "ada", "signIn", "1", Set.of()));
        assertThat(named.email()).isEqualTo("ada@example.com");
        assertThat(named.isNobodys()).isTrue();
        assertThat(named.toString()).doesNotContain("example.com");
    }
}
