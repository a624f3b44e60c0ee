package sluice.track.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import sluice.schemas.RefusalCause;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.track.http.json.Json;

/**
 * Makes webhook events of attempts that somebody other than the user may have made. Never of those beyond the rate: the
 * throttle's ten in five minutes are what a flood can make of them.
 */
final class RefusedAttempt {
    private RefusedAttempt() {}

    /** Empty for an attempt that was right, came too late or too often, or was refused for what the answer is not to blame for. */
    static Optional<WebhookEvent> of(Verification verification) {
        return isSuspicious(verification) ? Optional.of(event(verification)) : Optional.empty();
    }

    private static boolean isSuspicious(Verification verification) {
        var cause = verification.getCause();
        return switch (verification.getResult()) {
            case REFUSED -> cause == RefusalCause.WRONG_CODE || cause == RefusalCause.REPLAYED_CODE;
            case EXHAUSTED, LOCKED_OUT -> true;
            case UNKNOWN, VERIFIED, RATE_LIMITED, EXPIRED -> false;
        };
    }

    private static WebhookEvent event(Verification verification) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("userId", verification.getUserId())
                .put("actionCode", verification.getActionCode())
                .put("idempotencyKey", verification.getIdempotencyKey())
                .put("verificationMethod", verification.getMethod().name())
                .put("result", verification.getResult().name());
        Optional.ofNullable(verification.getCause()).ifPresent(cause -> data.put("cause", cause.name()));
        if (verification.getAttempt() > 0) data.put("attempt", verification.getAttempt());
        Optional.ofNullable(verification.getRetryAt()).ifPresent(at -> data.put("retryAt", Json.time(at)));
        return EventBody.of(
                type(verification),
                verification.getEventId(),
                verification.getVerifiedAt(),
                verification.getTenantId(),
                data);
    }

    private static EventType type(Verification verification) {
        return verification.getCause() == RefusalCause.REPLAYED_CODE
                        && verification.getMethod() == VerificationMethod.AUTHENTICATOR_APP
                ? EventType.TOTP_REPLAY_REFUSED
                : EventType.ATTEMPT_REFUSED;
    }
}
