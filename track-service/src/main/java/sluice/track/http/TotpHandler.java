package sluice.track.http;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.seal.Sealing;
import sluice.schemas.EnrollAuthenticator;
import sluice.schemas.Reply;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.VerificationMethod;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;
import sluice.track.totp.TotpSecret;

/** The authenticator app over the client API: enrol it, answer with its codes (contract section 4). */
final class TotpHandler {
    private final Callers callers;
    private final UserCommands commands;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final Verifications verifications;
    private final SecureRandom random = new SecureRandom();

    TotpHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.verifications = new Verifications(edge);
    }

    /** What the user's app is set up with; the only answer that ever shows the secret. */
    private record Enrolment(String userAuthenticatorId, String userId, String uri, String secret) {}

    void enroll(Context context) {
        var token = callers.client(context);
        JsonBody.of(context);
        var secret = TotpSecret.generate(random);
        var command = enrollCommand(token, secret);
        context.future(() -> commands.give(command).thenAccept(reply -> context.json(enrolment(reply, token, secret))));
    }

    private UserCommand enrollCommand(Token token, TotpSecret secret) {
        var authenticatorId = UUID.randomUUID().toString();
        var sealed = sealing.seal(secret.bytes(), "secret", token.tenantId(), token.userId(), authenticatorId);
        var command = commands.command(token.tenantId(), token.userId(), UserCommandKind.ENROLL_AUTHENTICATOR);
        command.setEnrollAuthenticator(new EnrollAuthenticator(
                authenticatorId,
                VerificationMethod.AUTHENTICATOR_APP,
                ByteBuffer.wrap(sealed),
                token.actionCode(),
                token.idempotencyKey(),
                token.mayAddAuthenticators(),
                command.getReceivedAt().plus(tokens.lifetime(token))));
        return command;
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
