package sluice.track.http;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.Action;
import sluice.schemas.CommandRefusal;
import sluice.schemas.CreateSession;
import sluice.schemas.UserCommandKind;
import sluice.schemas.id.UserKey;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.session.RefreshTokens;
import sluice.track.session.SessionTokens;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/** {@code POST /v1/sessions}: a session of an action that has succeeded (contract section 3, sessions). */
final class NewSessionHandler {
    private static final int TOKEN_LENGTH_MAX = 8192;

    private final Callers callers;
    private final Tokens tokens;
    private final ActionQueries actions;
    private final UserCommands commands;
    private final SessionTokens sessions;

    NewSessionHandler(Edge edge) {
        this.callers = edge.callers();
        this.tokens = edge.tokens();
        this.actions = edge.actions();
        this.commands = new UserCommands(edge);
        this.sessions = edge.sessions();
    }

    void handle(Context context) {
        var tenantId = callers.backend(context);
        var body = JsonBody.of(context);
        var clientId = body.requiredText("clientId", UserKey.TEXT_LENGTH_MAX);
        if (!UserKey.isText(clientId)) throw JsonBody.refused("clientId", "a text without NUL");
        var text = body.requiredText("token", TOKEN_LENGTH_MAX);
        var action = body.text("action", TOKEN_LENGTH_MAX);
        var token = checked(tenantId, text);
        if (action.map(given -> !given.equals(token.actionCode())).orElse(false)) {
            throw SessionRefusals.ACTION_TOKEN.invalid();
        }
        var by = callers.actor(context);
        context.future(() -> create(by, token, clientId).thenAccept(context::json));
    }

    private Token checked(String tenantId, String text) {
        try {
            var token = tokens.check(text);
            if (!token.tenantId().equals(tenantId)) throw SessionRefusals.ACTION_TOKEN.invalid();
            return token;
        } catch (BadTokenException e) {
            throw SessionRefusals.ACTION_TOKEN.of(e);
        }
    }

    /** A token is a right to ask, no proof: its action's state, at the owner, says whether there may be a session. */
    private CompletableFuture<SessionTokens.Pair> create(Actor by, Token token, String clientId) {
        return actions.action(token)
                .thenCompose(found -> give(
                        by,
                        token,
                        clientId,
                        found.filter(action -> ValidateHandler.hasSucceeded(action.getState()))
                                .orElseThrow(SessionRefusals.ACTION_TOKEN::invalid)));
    }

    private CompletableFuture<SessionTokens.Pair> give(Actor by, Token token, String clientId, Action action) {
        var secret = sessions.refresh().newSecret();
        var command = commands.command(by, token.tenantId(), token.userId(), UserCommandKind.CREATE_SESSION);
        var at = command.getReceivedAt();
        command.setCreateSession(CreateSession.newBuilder()
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setClientId(clientId)
                .setVerificationMethod(action.getVerificationMethod())
                .setSecretHash(RefreshTokens.hash(secret))
                .setExpiresAt(at.plus(sessions.settings().refreshTokenLifetime()))
                .setEndsAt(at.plus(sessions.settings().lifetimeMax()))
                .build());
        return commands.carryOut(command, NewSessionHandler::refused)
                .thenApply(change -> sessions.pair(token.tenantId(), token.userId(), change.getSession(), secret));
    }

    private static RuntimeException refused(CommandRefusal refusal) {
        return refusal == CommandRefusal.MALFORMED
                ? JsonBody.refused("clientId", "the client of the session that the action has made already")
                : SessionRefusals.ACTION_TOKEN.invalid();
    }
}
