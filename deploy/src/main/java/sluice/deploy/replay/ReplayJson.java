package sluice.deploy.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.Explanation;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.schemas.Action;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.Verification;
import sluice.track.http.json.Json;

/**
 * A replay for programs (docs/replay.md). No secret, code or hash is in it; what is personal is what the moment was
 * rebuilt with.
 *
 * @param configuration has the names of the rules of each version
 */
public record ReplayJson(Moment moment, ConfigurationSource configuration, UserJson users) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** All of it. */
    public ObjectNode tree() {
        var json = NODES.objectNode()
                .put("tenantId", moment.tenantId())
                .put("userId", moment.userId())
                .put("until", Json.time(moment.until()))
                .put("isRebuilt", moment.isRebuilt())
                .put("isCut", moment.isCut())
                .put("unreadable", moment.unreadable())
                .put("erased", moment.erased());
        moment.user().ifPresent(user -> json.set("user", users.tree(user)));
        json.set("actions", objects(moment.actions(), ReplayJson::action));
        json.set("events", objects(moment.events(), this::event));
        json.set("record", record());
        return json;
    }

    private ObjectNode record() {
        var json = NODES.objectNode().put("compared", moment.comparison().compared());
        json.set("differences", objects(moment.comparison().differences(), difference -> {
            var outcome = difference.outcome();
            var each = NODES.objectNode()
                    .put("kind", difference.kind().name())
                    .put("topic", outcome.topic())
                    .put("eventId", outcome.eventId())
                    .put("causeId", outcome.causeId())
                    .put("at", Json.time(outcome.at()));
            each.set("fields", MAPPER.valueToTree(difference.fields()));
            return each;
        }));
        return json;
    }

    private static ObjectNode action(Action action) {
        var json = NODES.objectNode()
                .put("actionCode", action.getActionCode())
                .put("idempotencyKey", action.getIdempotencyKey())
                .put("state", name(action.getState()))
                .put("stateUpdatedAt", time(action.getStateUpdatedAt()))
                .put("attempts", action.getAttempts())
                .put("verificationMethod", name(action.getVerificationMethod()))
                .put("authenticatorId", action.getAuthenticatorId())
                .put(
                        "expiresAt",
                        time(Optional.ofNullable(action.getExpiresAt())
                                .orElse(action.getDecision().getExpiresAt())));
        return withoutNulls(json);
    }

    private ObjectNode event(Moment.Happened happened) {
        var judged = happened.judged();
        var json = NODES.objectNode()
                .put("at", Json.time(judged.cause().at()))
                .put("event", judged.event())
                .put("eventId", judged.cause().eventId());
        judged.cause().by().ifPresent(by -> json.set("by", actor(by)));
        for (var outcome : judged.outcomes()) {
            if (outcome instanceof Decision decision) json.set("decision", decision(decision, judged.explanation()));
            if (outcome instanceof Verification attempt) json.set("verification", verification(attempt));
            if (outcome instanceof UserChange change) json.withArray("changes").add(change(change));
        }
        if (!happened.transitions().isEmpty()) {
            json.set("transitions", objects(happened.transitions(), ReplayJson::transition));
        }
        return json;
    }

    private static ObjectNode actor(Actor by) {
        return withoutNulls(NODES.objectNode()
                .put("credential", by.credential().name())
                .put("credentialId", by.credentialId().orElse(null))
                .put("call", by.call()));
    }

    private ObjectNode decision(Decision decision, Optional<Explanation> explanation) {
        var json = NODES.objectNode()
                .put("actionCode", decision.getActionCode())
                .put("idempotencyKey", decision.getIdempotencyKey())
                .put("outcome", name(decision.getOutcome()))
                .put("configurationVersion", decision.getConfigurationVersion());
        json.set("ruleIds", MAPPER.valueToTree(decision.getRuleIds()));
        json.set("allowedVerificationMethods", names(decision.getAllowedVerificationMethods()));
        json.set("enrolledVerificationMethods", names(decision.getEnrolledVerificationMethods()));
        json.put("defaultVerificationMethod", name(decision.getDefaultVerificationMethod()));
        json.put("expiresAt", time(decision.getExpiresAt()));
        if (!decision.getShadowRuleIds().isEmpty()) {
            json.set("shadowRuleIds", MAPPER.valueToTree(decision.getShadowRuleIds()));
            json.put("shadowOutcome", name(decision.getShadowOutcome()));
        }
        explanation.ifPresent(saw -> json.set("rules", objects(saw.rules(), rule -> rule(rule, saw, decision))));
        return withoutNulls(json);
    }

    private ObjectNode rule(Explanation.Judged rule, Explanation explanation, Decision decision) {
        var json = NODES.objectNode().put("ruleId", rule.ruleId());
        var known = configuration
                .at(decision.getConfigurationVersion())
                .rules(decision.getTenantId(), decision.getActionCode())
                .get(rule.ruleId());
        if (known != null) json.put("name", known.name());
        json.put("isMatch", rule.isMatch());
        if (rule.isTooCostly()) json.put("isTooCostly", true);
        var values = json.putObject("values");
        for (var read : rule.reads().slots()) {
            var value = explanation.values().get(read);
            values.set(value.name(), MAPPER.valueToTree(value.value().orElse(null)));
        }
        return json;
    }

    private static ObjectNode verification(Verification attempt) {
        var authenticator = attempt.getAuthenticator();
        return withoutNulls(NODES.objectNode()
                .put("actionCode", attempt.getActionCode())
                .put("idempotencyKey", attempt.getIdempotencyKey())
                .put("result", name(attempt.getResult()))
                .put("cause", name(attempt.getCause()))
                .put("method", name(attempt.getMethod()))
                .put("attempt", attempt.getAttempt())
                .put("authenticatorId", authenticator == null ? null : authenticator.getAuthenticatorId())
                .put("enrolled", attempt.getEnrolled())
                .put("retryAt", time(attempt.getRetryAt())));
    }

    private static ObjectNode change(UserChange change) {
        var authenticator = change.getAuthenticator();
        var update = change.getActionUpdate();
        var session = change.getSession();
        return withoutNulls(NODES.objectNode()
                .put("kind", name(change.getKind()))
                .put("refusal", name(change.getRefusal()))
                .put("authenticatorId", authenticator == null ? null : authenticator.getAuthenticatorId())
                .put("sessionId", session == null ? null : session.getSessionId())
                .put("actionCode", update == null ? null : update.getActionCode())
                .put("idempotencyKey", update == null ? null : update.getIdempotencyKey())
                .put("state", update == null ? null : name(update.getState())));
    }

    private static ObjectNode transition(ChallengeTransition transition) {
        return withoutNulls(NODES.objectNode()
                .put("actionCode", transition.getActionCode())
                .put("idempotencyKey", transition.getIdempotencyKey())
                .put("from", name(transition.getFrom()))
                .put("to", name(transition.getTo()))
                .put("reason", name(transition.getReason()))
                .put("latencyMillis", transition.getLatencyMillis()));
    }

    private static ArrayNode names(Collection<? extends Enum<?>> symbols) {
        var json = NODES.arrayNode();
        symbols.forEach(symbol -> json.add(symbol.name()));
        return json;
    }

    private static @Nullable String name(@Nullable Enum<?> symbol) {
        return symbol == null ? null : symbol.name();
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Json.time(instant);
    }

    static ObjectNode withoutNulls(ObjectNode json) {
        json.properties().removeIf(field -> field.getValue().isNull());
        return json;
    }

    static <T> ArrayNode objects(Collection<T> items, Function<T, ? extends JsonNode> object) {
        var json = NODES.arrayNode();
        items.forEach(item -> json.add(object.apply(item)));
        return json;
    }
}
