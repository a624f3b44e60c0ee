package sluice.track.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.seal.Keyset;
import sluice.schemas.TrackAttributes;
import sluice.schemas.VerificationMethod;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.mail.EmailAddress;
import sluice.track.token.Token;

class ChallengeIdTest {
    @TempDir
    private Path folder;

    /** As every process does: only then can attributes be built. */
    @BeforeAll
    static void start() {
        new AvroSerde<>(TrackAttributes.class, ReleasedSchemas.load());
    }

    /** E1. */
    @Test
    void givenAnId_whenAnotherTenantAsks_thenThereIsNoSuchChallenge() throws Exception {
        var ids = new ChallengeId(Keyset.open(folder));
        var named = nobodys(new Token("acme", "ada", "signIn", "1", Set.of()), ChallengeId.Origin.UNKNOWN);

        var id = ids.of(named);

        assertThat(ids.open("evil", id)).isEmpty();
        assertThat(ids.open("acme", id)).contains(named);
        assertThat(named.toString()).doesNotContain("example.com");
    }

    @Test
    void givenWhatABackendToldOfTheMoment_whenTheIdIsOpened_thenItIsThere() throws Exception {
        var ids = new ChallengeId(Keyset.open(folder));
        var token = new Token("acme", "ada", "signIn", "1", Set.of(Token.ADD_AUTHENTICATORS, Token.READ_AUTHENTICATORS))
                .speaking(Optional.of("mi-NZ"));
        var moment = TrackAttributes.newBuilder()
                .setIpAddress("203.0.113.7")
                .setUserAgent("Netscape")
                .setDeviceId("device-1")
                .build();
        var named = nobodys(token, ChallengeId.Origin.of(moment));

        assertThat(ids.open("acme", ids.of(named))).contains(named);
        assertThat(named.toString()).doesNotContain("203.0.113.7");
    }

    /** The id goes into URLs. */
    @Test
    void givenAUserAgentLongerThanAnyBrowsers_whenTheIdIsMade_thenItIsLeftOutAndTheIdCanBeReadBack() throws Exception {
        var ids = new ChallengeId(Keyset.open(folder));
        var longest = "\u4e00".repeat(256);
        var moment = TrackAttributes.newBuilder()
                .setIpAddress(longest)
                .setUserAgent("\u4e00".repeat(513))
                .setDeviceId(longest)
                .build();
        var named = nobodys(
                new Token("t".repeat(64), longest, "a".repeat(64), longest, Token.SCOPES),
                ChallengeId.Origin.of(moment));

        assertThat(named.origin().userAgent()).isEmpty();
        assertThat(ids.open("t".repeat(64), ids.of(named))).contains(named);
    }

    private static ChallengeId.Named nobodys(Token token, ChallengeId.Origin origin) {
        return new ChallengeId.Named(token, VerificationMethod.EMAIL_OTP, "", true, origin)
                .sentTo(new EmailAddress("ada@example.com"));
    }
}
