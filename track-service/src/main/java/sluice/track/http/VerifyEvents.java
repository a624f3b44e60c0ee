package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.ActorMapper;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.seal.Sealing;
import sluice.schemas.RefusalCause;
import sluice.schemas.Reply;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topics;
import sluice.track.log.EventLog;
import sluice.track.token.Token;
import sluice.track.webhook.EventType;
import sluice.track.webhook.Questions;

/** Gives users' answers to the log, sealed, and finds what came of them. */
final class VerifyEvents {
    /** Of an answer that is wrong, spent or late (contract section 2). */
    static final String CODE_INVALID_OR_EXPIRED = "CODE_INVALID_OR_EXPIRED";

    private static final Duration RETRY_UNANSWERED = Duration.ofSeconds(5);

    private final EventLog log;
    private final Topics topics;
    private final Sealing sealing;
    private final ConfigurationSource configuration;
    private final InstantSource clock;
    private final Questions questions;

    VerifyEvents(Edge edge) {
        this.log = edge.log();
        this.topics = edge.node().topics();
        this.sealing = edge.node().sealing();
        this.configuration = edge.node().configuration();
        this.clock = edge.clock();
        this.questions = edge.questions();
    }

    /**
     * The reply has what came of the answer, and the action as it is then. A tenant that wants to be asked before a
     * challenge is met is asked here, about right answers alone; the log is told its yes with the same answer again
     * (ADR 17).
     *
     * @param by who answers
     * @param token whose action is answered
     */
    CompletableFuture<Reply> give(Actor by, Token token, VerificationMethod method, String code) {
        return publish(by, token, method, code, false)
                .thenCompose(reply -> reply.getVerification().getCause() == RefusalCause.APPROVAL_NEEDED
                        ? asked(by, token, method, code, reply)
                        : CompletableFuture.completedFuture(reply));
    }

    private CompletableFuture<Reply> asked(Actor by, Token token, VerificationMethod method, String code, Reply right) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("userId", token.userId())
                .put("actionCode", token.actionCode())
                .put("idempotencyKey", token.idempotencyKey())
                .put("verificationMethod", method.name());
        var causeId = right.getVerification().getCauseId();
        return questions
                .ask(token.tenantId(), EventType.ACTION_VERIFY, causeId, data)
                .thenCompose(answer -> switch (answer) {
                    case YES -> publish(by, token, method, code, true);
                    case NO -> CompletableFuture.completedFuture(right);
                    case NONE ->
                        throw Refusal.SERVICE_UNAVAILABLE.because(
                                "The tenant's webhook did not answer; try again.", RETRY_UNANSWERED);
                });
    }

    private CompletableFuture<Reply> publish(
            Actor by, Token token, VerificationMethod method, String code, boolean isApproved) {
        var eventId = UUID.randomUUID().toString();
        var receivedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var sealed =
                sealing.sealFor(receivedAt, code.getBytes(UTF_8), "verify", token.tenantId(), token.userId(), eventId);
        var event = VerifyEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(token.tenantId())
                .setUserId(token.userId())
                .setActionCode(token.actionCode())
                .setIdempotencyKey(token.idempotencyKey())
                .setMethod(method)
                .setSealedCode(ByteBuffer.wrap(sealed))
                .setReceivedAt(receivedAt)
                .setConfigurationVersion(configuration.newest().version())
                .setIsApproved(isApproved)
                .setBy(ActorMapper.toAvro(by))
                .build();
        return log.publish(topics.verifyEvents, token.userKey(), eventId, event);
    }

    /**
     * Why an answer did not count, as the contract has it; null if it did.
     *
     * @throws RefusedException if it was not looked at, since there were too many
     */
    static @Nullable String failureReason(Verification verification) {
        return switch (verification.getResult()) {
            case VERIFIED -> null;
            case REFUSED, EXPIRED, UNKNOWN -> CODE_INVALID_OR_EXPIRED;
            case EXHAUSTED, LOCKED_OUT -> "MAX_ATTEMPTS_EXCEEDED";
            case RATE_LIMITED -> throw Refusal.TOO_MANY_REQUESTS.because("Too many attempts.", wait(verification));
        };
    }

    private static Duration wait(Verification verification) {
        var retryAt = verification.getRetryAt();
        return retryAt == null ? Duration.ZERO : Duration.between(verification.getVerifiedAt(), retryAt);
    }
}
