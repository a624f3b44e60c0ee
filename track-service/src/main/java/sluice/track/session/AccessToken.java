package sluice.track.session;

import java.time.Instant;

/**
 * What a session's access token says.
 *
 * @param expiresAt from when on it is refused, in whole seconds
 */
public record AccessToken(String tenantId, String userId, String sessionId, String clientId, Instant expiresAt) {}
