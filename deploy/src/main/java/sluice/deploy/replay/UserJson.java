package sluice.deploy.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.Authenticator;
import sluice.rules.domain.Contacts;
import sluice.rules.domain.CustomValue;
import sluice.rules.domain.LiveSession;
import sluice.rules.domain.PendingEnrolment;
import sluice.rules.domain.Profile;
import sluice.rules.domain.SentCode;
import sluice.rules.domain.User;
import sluice.rules.domain.throttle.KnownDevice;
import sluice.rules.domain.throttle.Pace;
import sluice.track.http.json.Json;

/**
 * A user for programs: what others may see of them, and no secret, code or hash.
 *
 * @param contacts opens phone numbers and e-mail addresses
 */
public record UserJson(Contacts contacts) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    ObjectNode tree(User user) {
        var json = NODES.objectNode()
                .put("createdAt", Json.time(user.createdAt()))
                .put("configurationVersion", user.configurationVersion());
        json.set("profile", profile(user.profile()));
        json.set(
                "authenticators",
                ReplayJson.objects(user.authenticators(), each -> authenticator(user, each.authenticator())));
        user.pendingEnrolment().ifPresent(pending -> json.set("pendingEnrolment", pending(user, pending)));
        json.set("sessions", ReplayJson.objects(user.sessions(), UserJson::session));
        json.set("sentCodes", ReplayJson.objects(user.sentCodes().newest(), UserJson::sentCode));
        user.recoveryCodes()
                .ifPresent(
                        codes -> json.put("recoveryCodesLeft", codes.unspent().size()));
        json.put("failures", user.throttle().outstanding());
        json.set("strangers", pace(NODES.objectNode(), user.throttle().strangers()));
        json.set("devices", ReplayJson.objects(user.throttle().devices(), UserJson::device));
        return json;
    }

    private static ObjectNode device(KnownDevice device) {
        var json = NODES.objectNode()
                .put("verifiedAt", Json.time(device.verifiedAt()))
                .put("failures", device.failures());
        return pace(json, device.pace());
    }

    private static ObjectNode pace(ObjectNode json, Pace pace) {
        json.set("attemptsAt", ReplayJson.objects(pace.attemptsAt(), at -> NODES.textNode(Json.time(at))));
        pace.lockedUntil().ifPresent(until -> json.put("lockedUntil", Json.time(until)));
        return json;
    }

    private static ObjectNode profile(Profile profile) {
        var json = NODES.objectNode()
                .put("email", orNull(profile.email()))
                .put("emailVerified", orNull(profile.emailVerified()))
                .put("phoneNumber", orNull(profile.phoneNumber()))
                .put("phoneNumberVerified", orNull(profile.phoneNumberVerified()))
                .put("username", orNull(profile.username()))
                .put("displayName", orNull(profile.displayName()))
                .put("locale", orNull(profile.locale()));
        if (!profile.custom().isEmpty()) {
            var custom = json.putObject("custom");
            profile.custom().forEach((name, value) -> custom.set(name, MAPPER.valueToTree(value(value))));
        }
        return ReplayJson.withoutNulls(json);
    }

    private static Object value(CustomValue value) {
        return value.text()
                .<Object>map(text -> text)
                .or(() -> value.number())
                .or(() -> value.truth())
                .or(() -> value.texts())
                .orElseThrow();
    }

    private ObjectNode authenticator(User user, Authenticator authenticator) {
        return ReplayJson.withoutNulls(NODES.objectNode()
                .put("authenticatorId", authenticator.authenticatorId())
                .put("verificationMethod", authenticator.method().name())
                .put("createdAt", Json.time(authenticator.createdAt()))
                .put("verifiedAt", time(authenticator.verifiedAt()))
                .put("lastVerifiedAt", time(authenticator.lastVerifiedAt()))
                .put("isDefault", authenticator.isDefault())
                .put("contact", contact(user, authenticator)));
    }

    private @Nullable String contact(User user, Authenticator authenticator) {
        return authenticator
                .contact()
                .map(closed -> contacts.open(user.tenantId(), user.userId(), authenticator.authenticatorId(), closed))
                .orElse(null);
    }

    private ObjectNode pending(User user, PendingEnrolment pending) {
        var json = authenticator(user, pending.enrolled().authenticator());
        return named(json, pending.action()).put("expiresAt", Json.time(pending.expiresAt()));
    }

    private static ObjectNode session(LiveSession live) {
        var session = live.session();
        return ReplayJson.withoutNulls(NODES.objectNode()
                .put("sessionId", session.sessionId())
                .put("clientId", session.clientId())
                .put("createdAt", Json.time(session.createdAt()))
                .put("verificationMethod", session.method().map(Enum::name).orElse(null))
                .put("generation", session.generation())
                .put("expiresAt", Json.time(session.expiresAt())));
    }

    private static ObjectNode sentCode(SentCode code) {
        var json = NODES.objectNode().put("verificationMethod", code.method().name());
        return named(json, code.action())
                .put("authenticatorId", code.authenticatorId())
                .put("sentAt", Json.time(code.sentAt()))
                .put("isSpent", code.isSpent());
    }

    private static ObjectNode named(ObjectNode json, ActionKey action) {
        return json.put("actionCode", action.actionCode()).put("idempotencyKey", action.idempotencyKey());
    }

    private static @Nullable String time(Optional<Instant> instant) {
        return orNull(instant.map(Json::time));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }
}
