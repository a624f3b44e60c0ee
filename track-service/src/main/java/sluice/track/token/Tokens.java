package sluice.track.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import sluice.track.token.BadTokenException.Fault;

/**
 * Signs and checks challenge tokens: JWTs that only Sluice reads, HS256 with a key id (contract section 6). The
 * algorithm is fixed; what a token's header says of it is only compared. Thread-safe.
 */
public final class Tokens {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final String REDIRECT_URL = "redirectUrl";
    private static final String LOCALE = "locale";
    private static final String REDIRECT_TO_SETTINGS = "redirectToSettings";

    /** Holds the longest ids, a user name and a redirect URL, in base64. */
    private static final int LENGTH_MAX = 8192;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String MAC = "HmacSHA256";

    private final TokenKeys keys;
    private final InstantSource clock;

    public Tokens(TokenKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Signs a token.
     *
     * @param lifetime how long it is good for
     * @param username shown to the client, if known
     */
    public String sign(Token token, Duration lifetime, @Nullable String username) {
        var now = clock.instant();
        var keyId = keys.signingKeyId(now);
        var claims = new JWTClaimsSet.Builder()
                .subject(token.userId())
                .audience(token.tenantId())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .claim("scope", String.join(" ", token.scopes()))
                .claim("other", other(token, username))
                .claim(REDIRECT_URL, token.redirectUrl().orElse(null))
                .claim(LOCALE, token.locale().orElse(null))
                .claim(REDIRECT_TO_SETTINGS, token.isForSettings() ? true : null)
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build();
        return signed(header, claims, keys.key(keyId, now).orElseThrow());
    }

    /**
     * The compact form (RFC 7515 section 7.1), put together here: the library's base64 takes the same time for all
     * bytes, which a text that anybody can read does not need, and took most of the time of a signature.
     */
    private static String signed(JWSHeader header, JWTClaimsSet claims, byte[] key) {
        var input = BASE64.encodeToString(header.toString().getBytes(UTF_8)) + "."
                + BASE64.encodeToString(claims.toString().getBytes(UTF_8));
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return input + "." + BASE64.encodeToString(mac.doFinal(input.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key " + header.getKeyID() + " can't sign", e);
        }
    }

    private static Map<String, Object> other(Token token, @Nullable String username) {
        var other = new LinkedHashMap<String, Object>();
        other.put("tenantId", token.tenantId());
        other.put("publishableKey", token.tenantId());
        other.put("userId", token.userId());
        other.put("actionCode", token.actionCode());
        other.put("idempotencyKey", token.idempotencyKey());
        if (username != null) other.put("username", username);
        return other;
    }

    /**
     * Checks a token.
     *
     * @throws BadTokenException if it is not one that Sluice signed, is altered, or its time is over
     */
    public Token check(String text) throws BadTokenException {
        return checked(text).token();
    }

    /**
     * A token that is good.
     *
     * @param id its {@code jti}, which tells nothing of it
     */
    public record Checked(Token token, String id) {}

    /** The same, with what the token is called where it must not be shown. */
    public Checked checked(String text) throws BadTokenException {
        if (text.length() > LENGTH_MAX) throw new BadTokenException(Fault.INVALID);
        var now = clock.instant();
        try {
            var jwt = SignedJWT.parse(text);
            requireOurSignature(jwt, now);
            var claims = jwt.getJWTClaimsSet();
            var token = token(claims);
            requireItsTime(claims, now, token);
            return new Checked(token, id(claims));
        } catch (ParseException | JOSEException e) {
            throw new BadTokenException(Fault.INVALID);
        }
    }

    /**
     * Every claim of a token, as whoever reads it without a key sees them: times in seconds since the epoch.
     *
     * @param checked a token that {@link #check} has taken for good
     */
    public static Map<String, Object> claims(String checked) {
        try {
            return SignedJWT.parse(checked).getJWTClaimsSet().toJSONObject();
        } catch (ParseException e) {
            throw new IllegalArgumentException("Not a token that was checked", e);
        }
    }

    private void requireOurSignature(SignedJWT jwt, Instant now) throws BadTokenException, JOSEException {
        var keyId = jwt.getHeader().getKeyID();
        if (keyId == null || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
            throw new BadTokenException(Fault.INVALID);
        }
        var key = keys.key(keyId, now);
        if (key.isEmpty() || !jwt.verify(new MACVerifier(key.get()))) throw new BadTokenException(Fault.INVALID);
    }

    private static void requireItsTime(JWTClaimsSet claims, Instant now, Token token) throws BadTokenException {
        var expires = claims.getExpirationTime();
        var notBefore = claims.getNotBeforeTime();
        if (expires == null || notBefore == null) throw new BadTokenException(Fault.INVALID);
        if (notBefore.toInstant().isAfter(now.plus(CLOCK_SKEW))) throw new BadTokenException(Fault.INVALID);
        if (!now.isBefore(expires.toInstant())) throw BadTokenException.expired(token);
    }

    private static String id(JWTClaimsSet claims) throws BadTokenException {
        var id = claims.getJWTID();
        if (id == null) throw new BadTokenException(Fault.INVALID);
        return id;
    }

    private static Token token(JWTClaimsSet claims) throws BadTokenException, ParseException {
        var other = claims.getJSONObjectClaim("other");
        var scope = claims.getStringClaim("scope");
        var audience = claims.getAudience();
        if (other == null
                || scope == null
                || audience.size() != 1
                || !(other.get("actionCode") instanceof String actionCode)
                || !(other.get("idempotencyKey") instanceof String idempotencyKey)) {
            throw new BadTokenException(Fault.INVALID);
        }
        var scopes = scope.isEmpty() ? Set.<String>of() : Set.of(scope.split(" "));
        var redirectUrl = Optional.ofNullable(claims.getStringClaim(REDIRECT_URL));
        var locale = Optional.ofNullable(claims.getStringClaim(LOCALE));
        var isForSettings = Boolean.TRUE.equals(claims.getBooleanClaim(REDIRECT_TO_SETTINGS));
        return new Token(
                audience.get(0),
                claims.getSubject(),
                actionCode,
                idempotencyKey,
                scopes,
                redirectUrl,
                locale,
                isForSettings);
    }
}
