package sluice.track.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.RefreshSession;
import sluice.schemas.RefreshToken;
import sluice.schemas.RevokeSession;
import sluice.schemas.Session;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommandKind;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.UserKey;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.session.AccessToken;
import sluice.track.session.RefreshTokens;
import sluice.track.session.SessionTokens;
import sluice.track.token.BadTokenException;

/** {@code POST /v1/sessions/…}: what becomes of sessions (contract section 3, sessions). */
final class SessionHandler {
    private static final int TOKEN_LENGTH_MAX = 8192;
    private static final int CLIENTS_MAX = 100;

    private final Callers callers;
    private final UserQueries users;
    private final UserCommands commands;
    private final SessionTokens sessions;

    SessionHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
        this.commands = new UserCommands(edge);
        this.sessions = edge.sessions();
    }

    /** @param expiresAt seconds since 1970 at which the access token expires */
    private record Validated(
            SessionUser user, long expiresAt, @Nullable VerificationMethod verificationMethod) {}

    /** Asks the owner of the user: a session that was revoked is so for every later call, at any ingress (P4). */
    void validate(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var text = body.requiredText("accessToken", TOKEN_LENGTH_MAX);
        var clientIds = body.texts("clientIds", CLIENTS_MAX, UserKey.TEXT_LENGTH_MAX);
        var token = checked(tenantId, text);
        if (clientIds.map(allowed -> !allowed.contains(token.clientId())).orElse(false)) {
            throw SessionRefusals.ACCESS_TOKEN.invalid();
        }
        context.future(
                () -> users.user(tenantId, token.userId()).thenAccept(view -> context.json(validated(token, view))));
    }

    private AccessToken checked(String tenantId, String text) {
        try {
            return ofTenant(tenantId, sessions.access().check(text));
        } catch (BadTokenException e) {
            throw SessionRefusals.ACCESS_TOKEN.of(e);
        }
    }

    private static AccessToken ofTenant(String tenantId, AccessToken token) {
        if (!token.tenantId().equals(tenantId)) throw SessionRefusals.ACCESS_TOKEN.invalid();
        return token;
    }

    private static Validated validated(AccessToken token, UserView view) {
        var session = live(view.getSessions(), token).orElseThrow(SessionRefusals.ACCESS_TOKEN::invalid);
        return new Validated(
                SessionUser.of(token.userId(), view.getProfile()),
                token.expiresAt().getEpochSecond(),
                session.getVerificationMethod());
    }

    private static Optional<Session> live(List<Session> sessions, AccessToken token) {
        return sessions.stream()
                .filter(session -> session.getSessionId().equals(token.sessionId()))
                .findFirst();
    }

    void refresh(Context context) {
        var tenantId = callers.backend(context);
        var text = JsonBody.of(context).requiredText("refreshToken", TOKEN_LENGTH_MAX);
        var token = opened(tenantId, text);
        var by = callers.actor(context);
        context.future(() -> refresh(by, token).thenAccept(context::json));
    }

    private RefreshToken opened(String tenantId, String text) {
        try {
            var token = sessions.refresh().open(text);
            if (!token.getTenantId().equals(tenantId)) throw SessionRefusals.REFRESH_TOKEN.invalid();
            return token;
        } catch (BadTokenException e) {
            throw SessionRefusals.REFRESH_TOKEN.of(e);
        }
    }

    private CompletableFuture<SessionTokens.Pair> refresh(Actor by, RefreshToken token) {
        var command = commands.command(by, token.getTenantId(), token.getUserId(), UserCommandKind.REFRESH_SESSION);
        command.setRefreshSession(new RefreshSession(
                token.getSessionId(),
                token.getGeneration(),
                RefreshTokens.hash(token.getSecret()),
                command.getReceivedAt().plus(sessions.settings().refreshTokenLifetime())));
        return commands.give(command).thenApply(reply -> {
            var change = reply.getUserChange();
            if (change.getKind() != UserChangeKind.SESSION_REFRESHED) throw SessionRefusals.REFRESH_TOKEN.invalid();
            return sessions.pair(token.getTenantId(), token.getUserId(), change.getSession(), token.getSecret());
        });
    }

    /** Ends a session. One that has ended already, and one whose access token has expired meanwhile, are no fault. */
    void revoke(Context context) {
        var tenantId = callers.backend(context);
        var text = JsonBody.of(context).requiredText("accessToken", TOKEN_LENGTH_MAX);
        var token = genuine(tenantId, text);
        var command =
                commands.command(callers.actor(context), tenantId, token.userId(), UserCommandKind.REVOKE_SESSION);
        command.setRevokeSession(new RevokeSession(token.sessionId()));
        context.future(() -> commands.give(command).thenAccept(reply -> context.json(Map.of())));
    }

    private AccessToken genuine(String tenantId, String text) {
        try {
            return ofTenant(tenantId, sessions.access().genuine(text));
        } catch (BadTokenException e) {
            throw SessionRefusals.ACCESS_TOKEN.of(e);
        }
    }

    void revokeAll(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(JsonBody.of(context).requiredText("userId", UserKey.TEXT_LENGTH_MAX));
        var command = commands.command(callers.actor(context), tenantId, userId, UserCommandKind.REVOKE_SESSIONS);
        context.future(() -> commands.give(command).thenAccept(reply -> context.json(Map.of())));
    }
}
