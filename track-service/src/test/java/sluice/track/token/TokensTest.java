package sluice.track.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.id.UserKey;
import sluice.track.token.BadTokenException.Fault;

/** E4, S22: what is not exactly a token of ours, in its time, is refused with the contract's code. */
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Token TOKEN =
            new Token("acme", "ann", "signIn", "key-1", Set.of("add:authenticators", "read:authenticators"));

    @TempDir
    Path folder;

    private final ConfigurationHistory history = new ConfigurationHistory();
    private Instant now = NOW;
    private Sealing sealing;
    private Tokens tokens;

    @BeforeEach
    void aKey() throws Exception {
        sealing = Keyset.open(folder);
        tokens = new Tokens(new TokenKeys(configuration(), sealing), () -> now);
        addKey("one", NOW.minusSeconds(60), (byte) 1);
    }

    @Test
    void givenATokenOfOurs_whenChecked_thenItSaysWhatItWasGiven() throws Exception {
        assertThat(tokens.check(tokens.sign(TOKEN, LIFETIME, "Ann"))).isEqualTo(TOKEN);
    }

    @Test
    void givenATokenOfOurs_whenTheClientReadsIt_thenItFindsTheContractsClaims() throws Exception {
        var claims = SignedJWT.parse(tokens.sign(TOKEN, LIFETIME, "Ann")).getJWTClaimsSet();

        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getAudience()).containsExactly("acme");
        assertThat(claims.getJSONObjectClaim("other"))
                .containsEntry("tenantId", "acme")
                .containsEntry("publishableKey", "acme")
                .containsEntry("userId", "ann")
                .containsEntry("actionCode", "signIn")
                .containsEntry("idempotencyKey", "key-1")
                .containsEntry("username", "Ann");
    }

    @Test
    void givenATokenForThePrebuiltUi_whenChecked_thenItSaysWhereToGoAndInWhichLanguage() throws Exception {
        var url = "https://shop.example/callback?step=2#top";

        var token = TOKEN.redirectingTo(Optional.of(url)).speaking(Optional.of("pt-BR"));

        var checked = tokens.check(tokens.sign(token, LIFETIME, null));

        assertThat(checked.redirectUrl()).contains(url);
        assertThat(checked.locale()).contains("pt-BR");
        assertThat(checked.redirectingTo(Optional.empty()).speaking(Optional.empty()))
                .isEqualTo(TOKEN);
    }

    @Test
    void givenTheLongestOfEverything_whenSigned_thenTheTokenIsStillAccepted() throws Exception {
        var longest = "\u4E00".repeat(UserKey.TEXT_LENGTH_MAX);
        var token = new Token("t".repeat(64), longest, "a".repeat(64), longest, Token.SCOPES)
                .redirectingTo(Optional.of("https://shop.example/".concat("p".repeat(2048 - 21))))
                .speaking(Optional.of("abcdefgh" + "-abcdefgh".repeat(4)))
                .openingSettings(true);

        assertThat(tokens.check(tokens.sign(token, LIFETIME, null))).isEqualTo(token);
    }

    @Test
    void s22_givenATokenWhoseTimeIsOver_whenChecked_thenItIsExpired() {
        var token = tokens.sign(TOKEN, LIFETIME, null);
        now = NOW.plus(LIFETIME);

        assertRefused(token, Fault.EXPIRED);
    }

    @Test
    void givenATokenWhoseTimeIsOver_whenChecked_thenThePageCanStillSeeWhoseItWasAndWhereToGo() {
        var token = TOKEN.redirectingTo(Optional.of("https://shop.example/"));
        var signed = tokens.sign(token, LIFETIME, null);
        now = NOW.plus(LIFETIME);

        assertThatThrownBy(() -> tokens.check(signed))
                .isInstanceOfSatisfying(BadTokenException.class, refused -> assertThat(refused.expired())
                        .contains(token));
    }

    @Test
    void e4_givenATokenThatIsNotGoodYet_whenChecked_thenItIsInvalid() {
        var token = tokens.sign(TOKEN, Duration.ofHours(2), null);
        now = NOW.minus(Duration.ofMinutes(2));

        assertRefused(token, Fault.INVALID);
    }

    @Test
    void e4_givenAnyCharacterOfTheTokenAltered_whenChecked_thenItIsInvalid() {
        var token = tokens.sign(TOKEN, LIFETIME, null);
        for (var i = 0; i < token.length() - 1; i++) { // the very last one carries bits that no decoder reads
            if (token.charAt(i) == '.') continue;
            var altered = token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
            assertRefused(altered, Fault.INVALID);
        }
    }

    @Test
    void e4_givenATokenWithoutASignature_whenChecked_thenItIsInvalid() throws Exception {
        var claims = SignedJWT.parse(tokens.sign(TOKEN, LIFETIME, null)).getJWTClaimsSet();

        assertRefused(new PlainJWT(claims).serialize(), Fault.INVALID);
    }

    @Test
    void e4_givenATokenSignedWithAStrangersKey_whenChecked_thenItIsInvalid() throws Exception {
        assertRefused(signedBy("one", (byte) 9, JWSAlgorithm.HS256), Fault.INVALID);
    }

    @Test
    void e4_givenATokenOfAnUnknownKey_whenChecked_thenItIsInvalid() throws Exception {
        assertRefused(signedBy("two", (byte) 1, JWSAlgorithm.HS256), Fault.INVALID);
    }

    @Test
    void e4_givenTheRightKeyWithAnotherAlgorithm_whenChecked_thenItIsInvalid() throws Exception {
        addKey("long", NOW.minusSeconds(30), (byte) 2, 64);

        assertRefused(signedBy("long", (byte) 2, JWSAlgorithm.HS512, 64), Fault.INVALID);
    }

    @Test
    void givenANewKey_whenItIsActive_thenItSignsAndTheOlderOnesTokensStayGood() throws Exception {
        var older = tokens.sign(TOKEN, LIFETIME, null);
        addKey("two", NOW.plusSeconds(5), (byte) 2);
        assertThat(SignedJWT.parse(tokens.sign(TOKEN, LIFETIME, null))
                        .getHeader()
                        .getKeyID())
                .isEqualTo("one");

        now = NOW.plusSeconds(5);

        assertThat(SignedJWT.parse(tokens.sign(TOKEN, LIFETIME, null))
                        .getHeader()
                        .getKeyID())
                .isEqualTo("two");
        assertThat(tokens.check(older)).isEqualTo(TOKEN);
    }

    @Test
    void givenARetiredKey_whenATokenOfItIsChecked_thenItIsInvalid() {
        var token = tokens.sign(TOKEN, LIFETIME, null);
        var piece = Piece.tokenKey("one");
        var retired = new Setting.TokenKey(
                new Sealed(sealing.seal(key((byte) 1, 32), "token-key", "one")), NOW, Optional.of(NOW));
        history.apply(new Change("r", piece, 1, NOW, Author.commandLine("test", "run"), Optional.of(retired)));

        assertRefused(token, Fault.INVALID);
    }

    private void assertRefused(String token, Fault fault) {
        assertThatThrownBy(() -> tokens.check(token))
                .isInstanceOfSatisfying(BadTokenException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(fault));
    }

    private String signedBy(String keyId, byte fill, JWSAlgorithm algorithm) throws Exception {
        return signedBy(keyId, fill, algorithm, 32);
    }

    private String signedBy(String keyId, byte fill, JWSAlgorithm algorithm, int bytes) throws Exception {
        JWTClaimsSet claims =
                SignedJWT.parse(tokens.sign(TOKEN, LIFETIME, null)).getJWTClaimsSet();
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plus(LIFETIME)));
        var forged = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        forged.sign(new MACSigner(key(fill, bytes)));
        return forged.serialize();
    }

    private void addKey(String keyId, Instant activeFrom, byte fill) {
        addKey(keyId, activeFrom, fill, 32);
    }

    private void addKey(String keyId, Instant activeFrom, byte fill, int bytes) {
        var sealed = new Sealed(sealing.seal(key(fill, bytes), "token-key", keyId));
        var key = new Setting.TokenKey(sealed, activeFrom, Optional.empty());
        history.apply(
                new Change(keyId, Piece.tokenKey(keyId), 0, NOW, Author.commandLine("test", "run"), Optional.of(key)));
    }

    private static byte[] key(byte fill, int bytes) {
        var key = new byte[bytes];
        Arrays.fill(key, fill);
        return key;
    }

    private ConfigurationSource configuration() {
        return new ConfigurationSource() {
            @Override
            public ConfigurationView newest() {
                return history.newest();
            }

            @Override
            public ConfigurationView at(long version) {
                return history.at(version);
            }
        };
    }
}
