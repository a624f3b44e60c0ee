package sluice.track.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.Authenticator;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.TransitionReason;
import sluice.schemas.UserChange;
import sluice.track.http.json.Json;

/**
 * Makes webhook events of the log's records. Fields are named as the public documentation of the official service names
 * them, where it has them; a contact is not told: it is sealed on the log, and stays so.
 */
final class EventBody {
    private static final int VERSION = 1;
    private static final String SOURCE = "sluice";

    private EventBody() {}

    /** A transition is a log event, and log events come in batches: this one has one record. */
    static WebhookEvent of(ChallengeTransition transition) {
        var at = transition.getTransitionedAt();
        var event = envelope(EventType.ACTION_LOG_CREATED, transition.getEventId(), at, transition.getTenantId());
        event.set("record", record(transition));
        var batch = JsonNodeFactory.instance.objectNode();
        batch.putArray("records").add(event);
        return new WebhookEvent(EventType.ACTION_LOG_CREATED, transition.getEventId(), Json.text(batch));
    }

    private static ObjectNode record(ChallengeTransition transition) {
        var at = Json.time(transition.getTransitionedAt());
        var trackedAt = transition.getTransitionedAt().minus(Duration.ofMillis(transition.getLatencyMillis()));
        var record = JsonNodeFactory.instance
                .objectNode()
                .put("tenantId", transition.getTenantId())
                .put("userId", transition.getUserId())
                .put("actionCode", transition.getActionCode())
                .put("idempotencyKey", transition.getIdempotencyKey())
                .put("createdAt", Json.time(trackedAt))
                .put("updatedAt", at)
                .put("state", transition.getTo().name())
                .put("stateUpdatedAt", at)
                .put("reason", transition.getReason().name());
        Optional.ofNullable(transition.getFrom()).ifPresent(from -> record.put("previousState", from.name()));
        outcome(transition).ifPresent(outcome -> record.put("outcome", outcome));
        Optional.ofNullable(transition.getVerificationMethod())
                .ifPresent(method -> record.put("verificationMethod", method.name()));
        Optional.ofNullable(transition.getAuthenticatorId()).ifPresent(id -> record.put("userAuthenticatorId", id));
        if (!transition.getRuleIds().isEmpty()) {
            var rules = record.putArray("rules");
            transition.getRuleIds().forEach(ruleId -> rules.addObject().put("ruleId", ruleId));
        }
        return record;
    }

    /** What was decided; later transitions don't say it, as an update may have set any state in between. */
    private static Optional<String> outcome(ChallengeTransition transition) {
        if (transition.getReason() != TransitionReason.DECIDED) return Optional.empty();
        var state = transition.getTo();
        if (state == ActionState.CHALLENGE_REQUIRED) return Optional.of(ActionOutcome.CHALLENGE.name());
        if (state == ActionState.REVIEW_REQUIRED) return Optional.of(ActionOutcome.REVIEW.name());
        return Optional.of(state.name());
    }

    /** Empty for a change that no type tells of. */
    static Optional<WebhookEvent> of(UserChange change) {
        var at = Json.time(change.getChangedAt());
        return switch (change.getKind()) {
            case AUTHENTICATOR_CREATED, AUTHENTICATOR_ADDED ->
                Optional.of(event(
                        EventType.AUTHENTICATOR_CREATED, change, authenticator(change, change.getAuthenticator())));
            case AUTHENTICATOR_DELETED ->
                Optional.of(event(
                        EventType.AUTHENTICATOR_DELETED,
                        change,
                        authenticator(change, change.getAuthenticator()).put("deletedAt", at)));
            case AUTHENTICATOR_UPDATED ->
                Optional.of(event(
                        EventType.AUTHENTICATOR_UPDATED,
                        change,
                        authenticator(change, change.getAuthenticator()).put("updatedAt", at)));
            case USER_DELETED ->
                Optional.of(event(EventType.USER_DELETED, change, user(change).put("deletedAt", at)));
            case UNKNOWN,
                    ENROLMENT_STARTED,
                    PROFILE_UPDATED,
                    REFUSED,
                    ACTION_UPDATED,
                    RECOVERY_CODES_ISSUED,
                    SESSION_CREATED,
                    SESSION_REFRESHED,
                    SESSION_REVOKED,
                    SESSIONS_REVOKED,
                    SESSION_REUSE_DETECTED,
                    CODE_ISSUED,
                    CHALLENGE_CLAIMED -> Optional.empty();
        };
    }

    private static WebhookEvent event(EventType type, UserChange change, ObjectNode data) {
        return of(type, change.getEventId(), change.getChangedAt(), change.getTenantId(), data);
    }

    /** A single event. */
    static WebhookEvent of(EventType type, String id, Instant at, String tenantId, ObjectNode data) {
        var event = envelope(type, id, at, tenantId);
        event.set("data", data);
        return new WebhookEvent(type, id, Json.text(event));
    }

    private static ObjectNode authenticator(UserChange change, Authenticator authenticator) {
        return user(change)
                .put("userAuthenticatorId", authenticator.getAuthenticatorId())
                .put("verificationMethod", authenticator.getMethod().name())
                .put("createdAt", Json.time(authenticator.getCreatedAt()));
    }

    private static ObjectNode user(UserChange change) {
        return JsonNodeFactory.instance.objectNode().put("userId", change.getUserId());
    }

    private static ObjectNode envelope(EventType type, String id, Instant at, String tenantId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("type", type.text())
                .put("id", id)
                .put("source", SOURCE)
                .put("time", Json.time(at))
                .put("tenantId", tenantId);
    }
}
