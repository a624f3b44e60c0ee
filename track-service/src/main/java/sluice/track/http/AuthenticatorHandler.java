package sluice.track.http;

import io.javalin.http.Context;
import java.util.Map;
import sluice.schemas.CommandRefusal;
import sluice.schemas.DeleteAuthenticator;
import sluice.schemas.Reply;
import sluice.schemas.UserCommandKind;
import sluice.track.http.auth.Callers;

/** {@code /v1/users/{userId}/authenticators…}: authenticators that the backend answers for (contract section 3). */
final class AuthenticatorHandler {
    private final Callers callers;
    private final UserCommands commands;

    AuthenticatorHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
    }

    void delete(Context context) {
        var tenantId = callers.backend(context);
        var command = commands.command(tenantId, Paths.userId(context), UserCommandKind.DELETE_AUTHENTICATOR);
        command.setDeleteAuthenticator(new DeleteAuthenticator(Paths.userAuthenticatorId(context)));
        context.future(() -> commands.give(command).thenAccept(reply -> {
            requireCarriedOut(reply);
            context.json(Map.of());
        }));
    }

    private static void requireCarriedOut(Reply reply) {
        var refusal = reply.getUserChange().getRefusal();
        if (refusal != null) throw refused(refusal);
    }

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case NOT_FOUND -> Refusal.NOT_FOUND.because("The user has no such authenticator.");
            case TOO_MANY_AUTHENTICATORS ->
                Refusal.INVALID_REQUEST.because("The user has as many authenticators as can be.");
            case METHOD_NOT_ACTIVATED, BINDING_NOT_ALLOWED, MALFORMED, UNKNOWN ->
                Refusal.INVALID_REQUEST.because("The authenticator can't be understood.");
        };
    }
}
