package sluice.track.session;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import sluice.runtime.Node;
import sluice.schemas.RefreshToken;
import sluice.schemas.Session;

/**
 * All that sessions are shown by.
 *
 * @param keys what access tokens are signed with
 * @param settings how long everything lasts
 */
public record SessionTokens(
        SessionKeys keys, AccessTokens access, RefreshTokens refresh, SessionSettings settings, InstantSource clock) {

    /** A session's two tokens, as the contract names them. */
    public record Pair(String accessToken, String refreshToken) {}

    public static SessionTokens of(Node node, Supplier<URI> publicUrl, InstantSource clock, SessionSettings settings) {
        var keys = new SessionKeys(node.configuration(), node.sealing());
        return new SessionTokens(
                keys,
                new AccessTokens(keys, publicUrl, clock),
                new RefreshTokens(node.sealing(), node.topics().schemaIds(), clock),
                settings,
                clock);
    }

    /**
     * The tokens of a session as it stands now. No access token outlives its session.
     *
     * @param secret what its refresh tokens have inside
     */
    public Pair pair(String tenantId, String userId, Session session, ByteBuffer secret) {
        var expiresAt = earlier(clock.instant().plus(settings.accessTokenLifetime()), session.getExpiresAt());
        var access = new AccessToken(tenantId, userId, session.getSessionId(), session.getClientId(), expiresAt);
        var next = new RefreshToken(
                tenantId,
                userId,
                session.getSessionId(),
                session.getGeneration(),
                session.getExpiresAt(),
                secret.duplicate());
        return new Pair(this.access.sign(access), refresh.seal(next));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
