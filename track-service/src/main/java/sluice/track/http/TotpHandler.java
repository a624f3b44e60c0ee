package sluice.track.http;

import io.javalin.http.Context;
import java.security.SecureRandom;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.schemas.Reply;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;
import sluice.track.totp.TotpSecret;

/** The authenticator app over the client API: enrol it, answer with its codes (contract section 4). */
final class TotpHandler {
    private final Callers callers;
    private final UserCommands commands;
    private final ConfigurationSource configuration;
    private final Verifications verifications;
    private final SecureRandom random = new SecureRandom();

    TotpHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.configuration = edge.node().configuration();
        this.verifications = new Verifications(edge);
    }

    /** What the user's app is set up with; the only answer that ever shows the secret. */
    private record Enrolment(String userAuthenticatorId, String userId, String uri, String secret) {}

    void enroll(Context context) {
        var token = callers.client(context);
        JsonBody.of(context);
        var secret = TotpSecret.generate(random);
        var command =
                commands.enrolment(callers.actor(context), token, VerificationMethod.AUTHENTICATOR_APP, secret.bytes());
        context.future(() -> commands.give(command).thenAccept(reply -> context.json(enrolment(reply, token, secret))));
    }

    private Enrolment enrolment(Reply reply, Token token, TotpSecret secret) {
        var change = reply.getUserChange();
        if (change.getKind() != UserChangeKind.ENROLMENT_STARTED) {
            throw EnrolmentRefusal.of(change.getRefusal(), "the authenticator app");
        }
        var newest = configuration.newest();
        var issuer = newest.authenticator(token.tenantId(), VerificationMethod.AUTHENTICATOR_APP)
                .issuer()
                .or(() -> newest.tenant(token.tenantId()).map(Tenant::name))
                .orElse(token.tenantId());
        return new Enrolment(
                change.getAuthenticator().getAuthenticatorId(),
                token.userId(),
                secret.uri(issuer, token.userId()),
                secret.base32());
    }

    void verify(Context context) {
        verifications.verify(context, VerificationMethod.AUTHENTICATOR_APP);
    }
}
