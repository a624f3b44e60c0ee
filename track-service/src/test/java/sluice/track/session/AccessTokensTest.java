package sluice.track.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.runtime.seal.Keyset;
import sluice.track.token.BadTokenException;
import sluice.track.token.BadTokenException.Fault;

/** E4: what is not exactly a session's access token, in its time, is refused with the contract's code. */
class AccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final AccessToken TOKEN =
            new AccessToken("acme", "ann", "session-1", "web", NOW.plus(Duration.ofMinutes(10)));

    private static final KeyPair FOREIGN = SessionKeysOnAList.pair();

    @TempDir
    Path folder;

    private Instant now = NOW;
    private SessionKeysOnAList configuration;
    private KeyPair one;
    private SessionKeys keys;
    private AccessTokens tokens;

    @BeforeEach
    void aKey() throws Exception {
        var sealing = Keyset.open(folder);
        configuration = new SessionKeysOnAList(sealing);
        keys = new SessionKeys(configuration, sealing);
        tokens = new AccessTokens(keys, () -> URI.create("https://sluice.example"), () -> now);
        one = configuration.add("one", NOW.minusSeconds(60));
    }

    @Test
    void givenATokenOfOurs_whenChecked_thenItSaysWhatItWasGiven() throws Exception {
        assertThat(tokens.check(tokens.sign(TOKEN))).isEqualTo(TOKEN);
    }

    @Test
    void givenATokenOfOurs_whenAnotherReadsItsClaims_thenTheyAreTheDocumentedOnes() throws Exception {
        var claims = SignedJWT.parse(tokens.sign(TOKEN)).getJWTClaimsSet();

        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "sid", "tenantId", "iat", "exp", "jti");
        assertThat(claims.getIssuer()).isEqualTo("https://sluice.example");
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    }

    /** As a gateway would, with nothing but the published keys. */
    @Test
    void givenThePublishedKeys_whenALibraryChecksAToken_thenItIsGood() throws Exception {
        now = Instant.now();
        var token = new AccessToken("acme", "ann", "session-1", "web", now.plusSeconds(600));
        var published = JWKSet.parse(keys.published(now));
        var library = new DefaultJWTProcessor<>();
        library.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(published)));

        assertThat(library.process(tokens.sign(token), null).getSubject()).isEqualTo("ann");
    }

    @Test
    void givenThePublishedKeys_whenLookedAt_thenNothingOfAPrivateKeyIsThere() {
        assertThat(keys.published(NOW).toString()).contains("kid=one").doesNotContainPattern("[{ ](d|p|q|dp|dq|qi)=");
    }

    @Test
    void givenAKeyThatIsAboutToSign_whenPublished_thenItIsThereAndDoesNotSignYet() throws Exception {
        configuration.add("two", NOW.plusSeconds(600));

        assertThat(keys.published(NOW).toString()).contains("kid=one", "kid=two");
        assertThat(keyIdOf(tokens.sign(TOKEN))).isEqualTo("one");
        now = NOW.plusSeconds(600);
        assertThat(keyIdOf(tokens.sign(TOKEN))).isEqualTo("two");
    }

    @Test
    void givenAKeyThatWasRetired_whenItsTokenComes_thenItIsInvalidAndTheKeyIsNotPublished() {
        var token = tokens.sign(TOKEN);
        configuration.set("one", one, NOW.minusSeconds(60), Optional.of(NOW.plusSeconds(1)));

        assertThat(keys.published(NOW).toString()).contains("kid=one");
        now = NOW.plusSeconds(1);
        assertThat(keys.published(now).toString()).doesNotContain("kid=one");
        assertRefused(token, Fault.INVALID);
    }

    @Test
    void givenATokenWhoseTimeIsOver_whenChecked_thenItIsExpiredButStillNamesItsSession() throws Exception {
        var token = tokens.sign(TOKEN);
        now = TOKEN.expiresAt();

        assertRefused(token, Fault.EXPIRED);
        assertThat(tokens.genuine(token)).isEqualTo(TOKEN);
    }

    @Test
    void e4_givenATokenOfTheFuture_whenChecked_thenItIsInvalid() {
        var token = tokens.sign(TOKEN);
        now = NOW.minusSeconds(61);

        assertRefused(token, Fault.INVALID);
    }

    /** False tokens made of a good one; what each is tried with is in its name. */
    private enum Forgery {
        ALG_NONE,
        HS256_WITH_THE_PUBLIC_KEY,
        HS256_WITH_THE_PUBLIC_KEY_AS_PEM,
        RS512_WITH_OUR_KEY,
        PS256_WITH_OUR_KEY,
        A_FOREIGN_KEY_WITH_OUR_ID,
        A_FOREIGN_KEY_WITH_ITS_ID,
        A_FOREIGN_KEY_IN_THE_HEADER,
        NO_KEY_ID,
        ANOTHER_TENANT,
        ANOTHER_USER,
        ANOTHER_SIGNATURE,
        NO_SIGNATURE
    }

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void e4_givenAForgery_whenChecked_thenItIsInvalid(Forgery forgery) throws Exception {
        var forged = forged(forgery);

        assertRefused(forged, Fault.INVALID);
        assertThatThrownBy(() -> tokens.genuine(forged)).isInstanceOf(BadTokenException.class);
    }

    private String forged(Forgery forgery) throws Exception {
        var good = tokens.sign(TOKEN);
        var claims = SignedJWT.parse(good).getJWTClaimsSet();
        var parts = List.of(good.split("[.]", -1));
        var publicKey = (RSAPublicKey) one.getPublic();
        return switch (forgery) {
            case ALG_NONE -> new PlainJWT(claims).serialize();
            case HS256_WITH_THE_PUBLIC_KEY ->
                signed(claims, JWSAlgorithm.HS256, "one", new MACSigner(publicKey.getEncoded()));
            case HS256_WITH_THE_PUBLIC_KEY_AS_PEM ->
                signed(
                        claims,
                        JWSAlgorithm.HS256,
                        "one",
                        new MACSigner(pem(publicKey).getBytes(UTF_8)));
            case RS512_WITH_OUR_KEY -> signed(claims, JWSAlgorithm.RS512, "one", new RSASSASigner(one.getPrivate()));
            case PS256_WITH_OUR_KEY -> signed(claims, JWSAlgorithm.PS256, "one", new RSASSASigner(one.getPrivate()));
            case A_FOREIGN_KEY_WITH_OUR_ID ->
                signed(claims, JWSAlgorithm.RS256, "one", new RSASSASigner(FOREIGN.getPrivate()));
            case A_FOREIGN_KEY_WITH_ITS_ID ->
                signed(claims, JWSAlgorithm.RS256, "theirs", new RSASSASigner(FOREIGN.getPrivate()));
            case A_FOREIGN_KEY_IN_THE_HEADER -> signedWithItsKey(claims, FOREIGN);
            case NO_KEY_ID -> signed(claims, JWSAlgorithm.RS256, null, new RSASSASigner(one.getPrivate()));
            case ANOTHER_TENANT -> altered(parts, json -> json.replace("\"acme\"", "\"evil\""));
            case ANOTHER_USER -> altered(parts, json -> json.replace("\"ann\"", "\"eve\""));
            case ANOTHER_SIGNATURE ->
                parts.get(0) + "." + parts.get(1) + "."
                        + parts.get(2)
                                .replace(parts.get(2).charAt(9), parts.get(2).charAt(9) == 'A' ? 'B' : 'A');
            case NO_SIGNATURE -> parts.get(0) + "." + parts.get(1) + ".";
        };
    }

    private static String pem(RSAPublicKey key) {
        var encoded = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    }

    private static String altered(List<String> parts, UnaryOperator<String> alteration) {
        var json = new String(Base64.getUrlDecoder().decode(parts.get(1)), UTF_8);
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(alteration.apply(json).getBytes(UTF_8));
        return parts.get(0) + "." + claims + "." + parts.get(2);
    }

    private static String signedWithItsKey(JWTClaimsSet claims, KeyPair foreign) throws JOSEException {
        var jwk = new RSAKey.Builder((RSAPublicKey) foreign.getPublic()).build();
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").jwk(jwk).build();
        var signed = new SignedJWT(header, claims);
        signed.sign(new RSASSASigner(foreign.getPrivate()));
        return signed.serialize();
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer)
            throws JOSEException {
        var signed = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        signed.sign(signer);
        return signed.serialize();
    }

    /** Signed by us, but not as a session's access token. */
    @ParameterizedTest
    @ValueSource(strings = {"sub", "aud", "sid", "tenantId", "iat", "exp"})
    void e4_givenAClaimThatIsMissing_whenChecked_thenItIsInvalid(String claim) throws Exception {
        var claims = new JWTClaimsSet.Builder(
                        SignedJWT.parse(tokens.sign(TOKEN)).getJWTClaimsSet())
                .claim(claim, null)
                .build();

        assertRefused(signed(claims, JWSAlgorithm.RS256, "one", new RSASSASigner(one.getPrivate())), Fault.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "no-token", "eyJhbGciOiJSUzI1NiJ9.e30.", "\u0000"})
    void e4_givenWhatIsNoToken_whenChecked_thenItIsInvalid(String text) {
        assertRefused(text, Fault.INVALID);
    }

    private void assertRefused(String token, Fault fault) {
        assertThatThrownBy(() -> tokens.check(token))
                .isInstanceOfSatisfying(BadTokenException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(fault));
    }

    private static String keyIdOf(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
