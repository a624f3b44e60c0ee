package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Reply;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topics;
import sluice.track.log.EventLog;
import sluice.track.token.Token;

/** Gives the log what users answer with, and tells them what came of it (contract section 4, verify). */
final class Attempts {
    static final int CODE_LENGTH_MAX = 64;
    private static final String CODE_INVALID_OR_EXPIRED = "CODE_INVALID_OR_EXPIRED";
    private static final String MAX_ATTEMPTS_EXCEEDED = "MAX_ATTEMPTS_EXCEEDED";

    private final EventLog log;
    private final Topics topics;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final InstantSource clock;

    Attempts(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.clock = edge.clock();
    }

    /** Tries a code; the reply has what came of it, and the action as it is then. */
    CompletableFuture<Reply> make(Token token, VerificationMethod method, String code) {
        var event = event(token, method, code);
        return log.publish(topics.verifyEvents, token.userKey(), event.getEventId(), event);
    }

    private VerifyEvent event(Token token, VerificationMethod method, String code) {
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

    /** The answer for the user's client. */
    VerifiedAnswer answer(Verification verification, Token token) {
        return failureReason(verification)
                .map(VerifiedAnswer::not)
                .orElseGet(() -> new VerifiedAnswer(
                        true,
                        tokens.issue(token, null),
                        null,
                        verification.getEnrolled()
                                ? AuthenticatorAnswer.ofClient(verification.getAuthenticator())
                                : null));
    }

    /**
     * Why an attempt does not count; empty: it does.
     *
     * @throws RefusedException if there were too many to look at it
     */
    static Optional<String> failureReason(Verification verification) {
        return switch (verification.getResult()) {
            case VERIFIED -> Optional.empty();
            case REFUSED, EXPIRED, UNKNOWN -> Optional.of(CODE_INVALID_OR_EXPIRED);
            case EXHAUSTED, LOCKED_OUT -> Optional.of(MAX_ATTEMPTS_EXCEEDED);
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
