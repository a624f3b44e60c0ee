package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topics;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Puts what a user typed on the log, and tells what came of it: alike for every method (contract section 4, verify). */
final class Verifications {
    private static final int CODE_LENGTH_MAX = 64;
    private static final String CODE_INVALID_OR_EXPIRED = "CODE_INVALID_OR_EXPIRED";
    private static final String MAX_ATTEMPTS_EXCEEDED = "MAX_ATTEMPTS_EXCEEDED";

    private final Callers callers;
    private final EventLog log;
    private final Topics topics;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final InstantSource clock;

    Verifications(Edge edge) {
        this.callers = edge.callers();
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.clock = edge.clock();
    }

    /** What came of a code. */
    private record Verified(
            boolean isVerified,
            @Nullable String accessToken,
            @Nullable String failureReason,
            @Nullable AuthenticatorAnswer userAuthenticator) {}

    /** Answers a challenge with the code of the call's body. */
    void verify(Context context, VerificationMethod method) {
        var token = callers.client(context);
        var code = JsonBody.of(context).requiredText("verificationCode", CODE_LENGTH_MAX);
        var event = verifyEvent(token, method, code);
        context.future(() -> log.publish(topics.verifyEvents, token.userKey(), event.getEventId(), event)
                .thenAccept(reply -> context.json(verified(reply.getVerification(), token))));
    }

    private VerifyEvent verifyEvent(Token token, VerificationMethod method, String code) {
        var eventId = UUID.randomUUID().toString();
        var sealed = sealing.seal(code.getBytes(UTF_8), "verify", token.tenantId(), token.userId(), eventId);
        return VerifyEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setMethod(method)
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
