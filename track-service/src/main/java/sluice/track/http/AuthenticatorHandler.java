package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.seal.Sealing;
import sluice.schemas.AddAuthenticator;
import sluice.schemas.CommandRefusal;
import sluice.schemas.DeleteAuthenticator;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;

/** {@code /v1/users/{userId}/authenticators…}: authenticators that the backend answers for (contract section 3). */
final class AuthenticatorHandler {
    private static final int PHONE_NUMBER_LENGTH_MAX = 256;
    private static final int EMAIL_LENGTH_MAX = 512;

    /** Methods that are a contact, which the backend can know to be the user's. An app's secret it can't. */
    private static final Set<VerificationMethod> METHODS =
            EnumSet.of(VerificationMethod.SMS, VerificationMethod.EMAIL_OTP, VerificationMethod.EMAIL_MAGIC_LINK);

    private final Callers callers;
    private final UserCommands commands;
    private final Sealing sealing;
    private final RecoveryCodeIssue codes;

    AuthenticatorHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.sealing = edge.node().sealing();
        this.codes = new RecoveryCodeIssue(edge, commands);
    }

    /** What was bound, and the user's recovery codes if they had none before; no answer shows them again. */
    private record Enrolled(AuthenticatorAnswer authenticator, List<String> recoveryCodes) {}

    void enroll(Context context) {
        var tenantId = callers.backend(context);
        var userId = Paths.userId(context);
        var issue = codes.make();
        var command = enrollCommand(callers.actor(context), tenantId, userId, JsonBody.of(context), issue);
        context.future(
                () -> commands.carryOut(command, AuthenticatorHandler::refused).thenAccept(change -> {
                    var added = change.getAuthenticator();
                    var areIssued = change.getRecoveryCodes() != null;
                    context.json(new Enrolled(
                            AuthenticatorAnswer.ofServer(sealing, tenantId, userId, added),
                            areIssued ? issue.codes() : List.of()));
                }));
    }

    private UserCommand enrollCommand(
            Actor by, String tenantId, String userId, JsonBody body, RecoveryCodeIssue.Issue issue) {
        var method = body.oneOf("verificationMethod", METHODS)
                .orElseThrow(() -> JsonBody.refused("verificationMethod", "the name of a method"));
        var authenticatorId = UUID.randomUUID().toString();
        var contact = method == VerificationMethod.SMS
                ? body.requiredText("phoneNumber", PHONE_NUMBER_LENGTH_MAX)
                : body.requiredText("email", EMAIL_LENGTH_MAX);
        var command = commands.command(by, tenantId, userId, UserCommandKind.ADD_AUTHENTICATOR);
        command.setAddAuthenticator(new AddAuthenticator(
                authenticatorId,
                method,
                commands.sealed(command, contact.getBytes(UTF_8), "contact", authenticatorId),
                body.truth("isDefault").orElse(null),
                codes.sealed(issue, command)));
        return command;
    }

    void delete(Context context) {
        var tenantId = callers.backend(context);
        var command = commands.command(
                callers.actor(context), tenantId, Paths.userId(context), UserCommandKind.DELETE_AUTHENTICATOR);
        command.setDeleteAuthenticator(new DeleteAuthenticator(Paths.userAuthenticatorId(context)));
        context.future(() ->
                commands.carryOut(command, AuthenticatorHandler::refused).thenAccept(change -> context.json(Map.of())));
    }

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case NOT_FOUND -> Refusal.NOT_FOUND.because("The user has no such authenticator.");
            case TOO_MANY_AUTHENTICATORS ->
                Refusal.INVALID_REQUEST.because("The user has as many authenticators as can be.");
            case METHOD_NOT_ACTIVATED,
                    BINDING_NOT_ALLOWED,
                    NOT_PERMITTED,
                    CHALLENGE_NOT_OPEN,
                    TOO_MANY_CODES,
                    CHALLENGE_NOT_VERIFIED,
                    CHALLENGE_CLAIMED,
                    ALREADY_DONE,
                    MALFORMED,
                    UNKNOWN -> Refusal.INVALID_REQUEST.because("The authenticator can't be understood.");
        };
    }
}
