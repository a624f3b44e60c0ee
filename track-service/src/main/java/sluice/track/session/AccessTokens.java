package sluice.track.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.track.token.BadTokenException;
import sluice.track.token.BadTokenException.Fault;

/**
 * Signs and checks sessions' access tokens: JWTs with RS256, for anybody to check who has the published keys. The
 * algorithm is fixed; what a token's header says of it is only compared. Thread-safe.
 */
public final class AccessTokens {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final String SESSION_ID = "sid";
    private static final String TENANT_ID = "tenantId";

    private final SessionKeys keys;
    private final Supplier<URI> issuer;
    private final InstantSource clock;

    /** @param issuer where this installation is reached */
    public AccessTokens(SessionKeys keys, Supplier<URI> issuer, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Signs a token. */
    public String sign(AccessToken token) {
        var now = clock.instant();
        var key = keys.signing(now);
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer.get().toString())
                .subject(token.userId())
                .audience(token.clientId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(token.expiresAt()))
                .jwtID(UUID.randomUUID().toString())
                .claim(SESSION_ID, token.sessionId())
                .claim(TENANT_ID, token.tenantId())
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        var signed = new SignedJWT(header, claims);
        try {
            signed.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("The session key " + key.getKeyID() + " can't sign", e);
        }
        return signed.serialize();
    }

    /**
     * Checks a token.
     *
     * @throws BadTokenException if it is not one that Sluice signed for a session, is altered, or its time is over
     */
    public AccessToken check(String text) throws BadTokenException {
        var token = genuine(text);
        if (!clock.instant().isBefore(token.expiresAt())) throw new BadTokenException(Fault.EXPIRED);
        return token;
    }

    /**
     * Reads a token whose time may be over: good for ending its session, for nothing else.
     *
     * @throws BadTokenException if it is not one that Sluice signed for a session, or is altered
     */
    public AccessToken genuine(String text) throws BadTokenException {
        try {
            var jwt = SignedJWT.parse(text);
            requireOurSignature(jwt);
            return token(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException e) {
            throw new BadTokenException(Fault.INVALID);
        }
    }

    private void requireOurSignature(SignedJWT jwt) throws BadTokenException, JOSEException {
        var header = jwt.getHeader();
        var keyId = header.getKeyID();
        if (keyId == null || !JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
            throw new BadTokenException(Fault.INVALID);
        }
        var key = keys.published(keyId, clock.instant());
        if (key.isEmpty() || !jwt.verify(new RSASSAVerifier(key.get()))) throw new BadTokenException(Fault.INVALID);
    }

    private AccessToken token(JWTClaimsSet claims) throws BadTokenException, ParseException {
        var expires = claims.getExpirationTime();
        var issued = claims.getIssueTime();
        var audience = claims.getAudience();
        if (expires == null || issued == null || audience.size() != 1) throw new BadTokenException(Fault.INVALID);
        if (issued.toInstant().isAfter(clock.instant().plus(CLOCK_SKEW))) throw new BadTokenException(Fault.INVALID);
        return new AccessToken(
                required(claims.getStringClaim(TENANT_ID)),
                required(claims.getSubject()),
                required(claims.getStringClaim(SESSION_ID)),
                audience.get(0),
                expires.toInstant());
    }

    private static String required(@Nullable String claim) throws BadTokenException {
        if (claim == null) throw new BadTokenException(Fault.INVALID);
        return claim;
    }
}
