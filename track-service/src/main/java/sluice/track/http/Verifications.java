package sluice.track.http;

import io.javalin.http.Context;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;

/** Puts what a user typed on the log, and tells what came of it: alike for every method (contract section 4, verify). */
final class Verifications {
    private static final int CODE_LENGTH_MAX = 64;

    private final Callers callers;
    private final VerifyEvents events;
    private final TokenIssue tokens;

    Verifications(Edge edge) {
        this.callers = edge.callers();
        this.events = new VerifyEvents(edge);
        this.tokens = edge.tokenIssue();
    }

    /** Answers a challenge with the code of the call's body. */
    void verify(Context context, VerificationMethod method) {
        var token = callers.client(context);
        var code = code(JsonBody.of(context));
        var by = callers.actor(context);
        context.future(() -> events.give(by, token, method, code)
                .thenAccept(reply -> context.json(answer(reply.getVerification(), token))));
    }

    /** The code of a call's body. */
    static String code(JsonBody body) {
        return body.requiredText("verificationCode", CODE_LENGTH_MAX);
    }

    private VerifiedAnswer answer(Verification verification, Token token) {
        var failureReason = VerifyEvents.failureReason(verification);
        if (failureReason != null) return VerifiedAnswer.not(failureReason);
        return new VerifiedAnswer(
                true,
                tokens.issue(token, null),
                null,
                verification.getEnrolled() ? AuthenticatorAnswer.ofClient(verification.getAuthenticator()) : null);
    }
}
