package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.seal.Sealing;
import sluice.schemas.CommandRefusal;
import sluice.schemas.EnrollAuthenticator;
import sluice.schemas.Reply;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topics;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.log.EventLog;
import sluice.track.token.Token;
import sluice.track.totp.TotpSecret;

/** The authenticator app over the client API: enrol it, answer with its codes (contract section 4). */
final class TotpHandler {
    private static final int CODE_LENGTH_MAX = 64;
    private static final String CODE_INVALID_OR_EXPIRED = "CODE_INVALID_OR_EXPIRED";
    private static final String MAX_ATTEMPTS_EXCEEDED = "MAX_ATTEMPTS_EXCEEDED";

    private final Callers callers;
    private final UserCommands commands;
    private final EventLog log;
    private final Topics topics;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    TotpHandler(Edge edge) {
        this.callers = edge.callers();
        this.commands = new UserCommands(edge);
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.clock = edge.clock();
    }

    /** What the user's app is set up with; the only answer that ever shows the secret. */
    private record Enrolment(String userAuthenticatorId, String userId, String uri, String secret) {}

    /** What came of a code. */
    private record Verified(
            boolean isVerified,
            @Nullable String accessToken,
            @Nullable String failureReason,
            @Nullable AuthenticatorAnswer userAuthenticator) {}

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
        if (change.getKind() != UserChangeKind.ENROLMENT_STARTED) throw refused(change.getRefusal());
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

    private static RefusedException refused(CommandRefusal refusal) {
        return switch (refusal) {
            case METHOD_NOT_ACTIVATED ->
                Refusal.INVALID_CONFIGURATION.because("The authenticator app is not activated for this tenant.");
            case BINDING_NOT_ALLOWED ->
                Refusal.UNAUTHORIZED.because(
                        "This token can't bind an authenticator: where the user has one, it takes a token that was tracked"
                                + " with the scope add:authenticators, or a challenge met with an existing one; where"
                                + " the action was stopped, another action.");
            case TOO_MANY_AUTHENTICATORS ->
                Refusal.INVALID_REQUEST.because("The user has as many authenticators as can be.");
            case NOT_FOUND, MALFORMED, UNKNOWN -> Refusal.INVALID_REQUEST.because("The enrolment can't be understood.");
        };
    }

    void verify(Context context) {
        var token = callers.client(context);
        var code = JsonBody.of(context).requiredText("verificationCode", CODE_LENGTH_MAX);
        var event = verifyEvent(token, code);
        context.future(() -> log.publish(topics.verifyEvents, token.userKey(), event.getEventId(), event)
                .thenAccept(reply -> context.json(verified(reply.getVerification(), token))));
    }

    private VerifyEvent verifyEvent(Token token, String code) {
        var eventId = UUID.randomUUID().toString();
        var sealed = sealing.seal(code.getBytes(UTF_8), "verify", token.tenantId(), token.userId(), eventId);
        return VerifyEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setSealedCode(ByteBuffer.wrap(sealed))
                .setReceivedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setConfigurationVersion(configuration.newest().version())
                .build();
    }

    private Verified verified(Verification verification, Token token) {
        return switch (verification.getResult()) {
            case VERIFIED ->
                new Verified(
                        true,
                        tokens.issue(token, null),
                        null,
                        verification.getEnrolled()
                                ? AuthenticatorAnswer.ofClient(verification.getAuthenticator())
                                : null);
            case REFUSED, EXPIRED, UNKNOWN -> new Verified(false, null, CODE_INVALID_OR_EXPIRED, null);
            case EXHAUSTED, LOCKED_OUT -> new Verified(false, null, MAX_ATTEMPTS_EXCEEDED, null);
            case RATE_LIMITED ->
                throw Refusal.TOO_MANY_REQUESTS.because(
                        "Too many attempts.", Duration.between(verification.getVerifiedAt(), retryAt(verification)));
        };
    }

    private static Instant retryAt(Verification verification) {
        var retryAt = verification.getRetryAt();
        return retryAt == null ? verification.getVerifiedAt() : retryAt;
    }
}
