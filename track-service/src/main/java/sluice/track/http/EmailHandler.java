package sluice.track.http;

import io.javalin.http.Context;
import java.util.Map;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.mail.EmailAddress;

/** One of the e-mail methods over the client API: bind an address, have a code sent, answer (contract section 4). */
final class EmailHandler {
    private final VerificationMethod method;
    private final Callers callers;
    private final EmailCodes codes;
    private final Verifications verifications;
    private final ChallengeId challengeIds;

    /** @param method EMAIL_OTP or EMAIL_MAGIC_LINK */
    EmailHandler(Edge edge, VerificationMethod method) {
        this.method = method;
        this.callers = edge.callers();
        this.codes = new EmailCodes(edge);
        this.verifications = new Verifications(edge);
        this.challengeIds = new ChallengeId(edge.node().sealing());
    }

    /** An enrolment that awaits what was sent. */
    private record Enrolment(String userAuthenticatorId, String userId) {}

    void enroll(Context context) {
        var token = callers.client(context);
        var address = address(JsonBody.of(context));
        var by = callers.actor(context);
        context.future(() -> codes.enroll(by, token, method, address)
                .thenAccept(sent -> context.json(new Enrolment(sent.authenticatorId(), token.userId()))));
    }

    static EmailAddress address(JsonBody body) {
        return EmailAddress.of(body.requiredText("email", EmailAddress.LENGTH_MAX))
                .orElseThrow(() -> JsonBody.refused("email", "an e-mail address"));
    }

    void challenge(Context context) {
        var token = callers.client(context);
        JsonBody.of(context);
        var challenge = ChallengeId.Named.ofUser(token, method);
        var by = callers.actor(context);
        context.future(() -> codes.send(by, token, method)
                .thenAccept(sent ->
                        context.json(Map.of("challengeId", challengeIds.of(challenge.sentTo(sent.address()))))));
    }

    void verify(Context context) {
        verifications.verify(context, method);
    }
}
