package sluice.track.http;

import io.javalin.http.Context;
import java.util.List;
import sluice.schemas.CommandRefusal;
import sluice.schemas.IssueRecoveryCodes;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;

/** Recovery codes over the client API: have a set, answer with one of them. */
final class RecoveryCodeHandler {
    private final Callers callers;
    private final UserCommands commands;
    private final RecoveryCodeIssue codes;
    private final Verifications verifications;

    RecoveryCodeHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.codes = new RecoveryCodeIssue(edge, commands);
        this.verifications = new Verifications(edge);
    }

    /** A new set; the only answer that ever shows it. */
    private record Issued(List<String> recoveryCodes) {}

    void issue(Context context) {
        var token = callers.client(context);
        JsonBody.of(context);
        var issue = codes.make();
        var command = commands.command(
                callers.actor(context), token.tenantId(), token.userId(), UserCommandKind.ISSUE_RECOVERY_CODES);
        command.setIssueRecoveryCodes(new IssueRecoveryCodes(
                codes.sealed(issue, command), UserCommands.grant(token, Token.ADD_AUTHENTICATORS)));
        context.future(() -> commands.carryOut(command, RecoveryCodeHandler::refused)
                .thenAccept(change -> context.json(new Issued(issue.codes()))));
    }

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case METHOD_NOT_ACTIVATED ->
                Refusal.INVALID_CONFIGURATION.because("Recovery codes are not activated for this tenant.");
            case NOT_PERMITTED ->
                Refusal.UNAUTHORIZED.because(
                        "This token can't have recovery codes: it takes a user who has an authenticator, and a token that"
                                + " was tracked with the scope add:authenticators, or a challenge met with it.");
            case BINDING_NOT_ALLOWED,
                    TOO_MANY_AUTHENTICATORS,
                    NOT_FOUND,
                    CHALLENGE_NOT_OPEN,
                    TOO_MANY_CODES,
                    CHALLENGE_NOT_VERIFIED,
                    CHALLENGE_CLAIMED,
                    ALREADY_DONE,
                    MALFORMED,
                    UNKNOWN -> Refusal.INVALID_REQUEST.because("The call can't be understood.");
        };
    }

    void verify(Context context) {
        verifications.verify(context, VerificationMethod.RECOVERY_CODE);
    }
}
