package sluice.track.http;

import io.javalin.http.Context;
import java.util.Map;
import sluice.runtime.seal.Sealing;
import sluice.schemas.CommandRefusal;
import sluice.schemas.RemoveAuthenticator;
import sluice.schemas.UpdateAuthenticator;
import sluice.schemas.UserCommandKind;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;

/**
 * {@code /v1/client/user-authenticators…}: users look at their own authenticators and change them, as far as the
 * scopes of their token go. The rules processor judges the right; nothing is judged here.
 */
final class OwnAuthenticatorHandler {
    private final Callers callers;
    private final UserQueries users;
    private final UserCommands commands;
    private final Sealing sealing;

    OwnAuthenticatorHandler(Edge edge) {
        this.callers = edge.callers();
        this.users = edge.users();
        this.commands = new UserCommands(edge);
        this.sealing = edge.node().sealing();
    }

    void list(Context context) {
        var token = callers.client(context);
        context.future(() -> users.authenticators(token, UserCommands.grant(token, Token.READ_AUTHENTICATORS))
                .thenAccept(view -> {
                    if (!view.getIsAllowed()) throw refused(CommandRefusal.NOT_PERMITTED);
                    context.json(view.getAuthenticators().stream()
                            .map(each -> AuthenticatorAnswer.ofOwner(sealing, token.tenantId(), token.userId(), each))
                            .toList());
                }));
    }

    void update(Context context) {
        var token = callers.client(context);
        var isDefault = JsonBody.of(context).truth("isDefault").orElse(false);
        if (!isDefault) throw JsonBody.refused("isDefault", "true");
        var command = commands.command(
                callers.actor(context), token.tenantId(), token.userId(), UserCommandKind.UPDATE_AUTHENTICATOR);
        command.setUpdateAuthenticator(new UpdateAuthenticator(
                Paths.userAuthenticatorId(context), UserCommands.grant(token, Token.UPDATE_AUTHENTICATORS)));
        context.future(() -> commands.carryOut(command, OwnAuthenticatorHandler::refused)
                .thenAccept(change -> context.json(AuthenticatorAnswer.ofOwner(
                        sealing, token.tenantId(), token.userId(), change.getAuthenticator()))));
    }

    void remove(Context context) {
        var token = callers.client(context);
        var command = commands.command(
                callers.actor(context), token.tenantId(), token.userId(), UserCommandKind.REMOVE_AUTHENTICATOR);
        command.setRemoveAuthenticator(new RemoveAuthenticator(
                Paths.userAuthenticatorId(context), UserCommands.grant(token, Token.REMOVE_AUTHENTICATORS)));
        context.future(() -> commands.carryOut(command, OwnAuthenticatorHandler::refused)
                .thenAccept(change -> context.json(Map.of())));
    }

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case NOT_PERMITTED ->
                Refusal.UNAUTHORIZED.because(
                        "This token may not do this: it takes one that was tracked with the scope for it, of an action"
                                + " that was not stopped.");
            case NOT_FOUND -> Refusal.NOT_FOUND.because("The user has no such authenticator.");
            case METHOD_NOT_ACTIVATED,
                    BINDING_NOT_ALLOWED,
                    TOO_MANY_AUTHENTICATORS,
                    CHALLENGE_NOT_OPEN,
                    TOO_MANY_CODES,
                    CHALLENGE_NOT_VERIFIED,
                    CHALLENGE_CLAIMED,
                    ALREADY_DONE,
                    MALFORMED,
                    UNKNOWN -> Refusal.INVALID_REQUEST.because("The call can't be understood.");
        };
    }
}
