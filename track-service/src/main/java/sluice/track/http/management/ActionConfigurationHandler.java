package sluice.track.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/**
 * {@code /v1/management/action-configurations}: what is set for an action code (management contract). In a PATCH an
 * absent field keeps its value and null resets it.
 */
final class ActionConfigurationHandler {
    private static final int METHODS_MAX = 50;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int TEMPLATES_LENGTH_MAX = 65_536;
    private static final Set<ActionOutcome> OUTCOMES = EnumSet.complementOf(EnumSet.of(ActionOutcome.UNKNOWN));

    /** Names accepted wherever methods are listed, whether or not Sluice can carry them out (management contract). */
    private static final Set<String> METHODS = Set.of(
            "SMS",
            "AUTHENTICATOR_APP",
            "EMAIL_MAGIC_LINK",
            "EMAIL_OTP",
            "DEVICE",
            "PUSH",
            "QR_CODE",
            "IN_APP",
            "SECURITY_KEY",
            "PASSKEY",
            "VERIFF",
            "IPROOV",
            "PALM_BIOMETRICS_RR",
            "IDVERSE",
            "ONFIDO",
            "APPLE_ID_TOKEN",
            "GOOGLE_ID_TOKEN",
            "WHATSAPP",
            "DIGITAL_CREDENTIAL",
            "OIDC_PROVIDER");

    private final Callers callers;
    private final ConfigurationFollower configuration;
    private final InstantSource clock;

    ActionConfigurationHandler(Edge edge) {
        this.callers = edge.callers();
        this.configuration = edge.node().configuration();
        this.clock = edge.clock();
    }

    /** An action configuration as the contract has it. */
    private record Configured(
            String actionCode,
            String tenantId,
            @Nullable ActionOutcome defaultUserActionResult,
            @JsonRawValue @Nullable String messagingTemplates,
            @Nullable List<String> verificationMethods,
            @Nullable List<String> promptToEnrollVerificationMethods,
            @Nullable String defaultVerificationMethod) {

        static Configured of(Piece piece, Setting.Action action) {
            return new Configured(
                    piece.key(),
                    piece.tenantId(),
                    action.outcome(),
                    action.messagingTemplates().orElse(null),
                    action.verificationMethods().orElse(null),
                    action.promptToEnrollVerificationMethods().orElse(null),
                    action.defaultVerificationMethod().orElse(null));
        }
    }

    void create(Context context) {
        var tenantId = callers.management(context);
        var body = JsonBody.of(context);
        var piece = Piece.action(tenantId, Paths.actionCode(body.requiredText("actionCode", NAME_LENGTH_MAX)));
        answerChanged(context, piece, before -> {
            if (before.isPresent() && !before.get().equals(Setting.Action.UNSET)) {
                throw Refusal.INVALID_REQUEST.because("The action code is configured already.");
            }
            return patched(Setting.Action.UNSET, body);
        });
    }

    void get(Context context) {
        var piece = piece(context);
        var action = configuration.newest().configuredAction(piece.tenantId(), piece.key());
        context.json(Configured.of(piece, action.orElseThrow(ActionConfigurationHandler::notFound)));
    }

    void patch(Context context) {
        var piece = piece(context);
        var body = JsonBody.of(context);
        answerChanged(
                context, piece, before -> patched(before.orElseThrow(ActionConfigurationHandler::notFound), body));
    }

    void delete(Context context) {
        var piece = piece(context);
        if (configuration
                .newest()
                .configuredAction(piece.tenantId(), piece.key())
                .isEmpty()) throw notFound();
        context.future(() -> change(piece, before -> Optional.empty()).thenAccept(gone -> context.json(Map.of())));
    }

    private Piece piece(Context context) {
        return Piece.action(callers.management(context), Paths.actionCode(context.pathParam("actionCode")));
    }

    private static RefusedException notFound() {
        return Refusal.NOT_FOUND.because("The action code is not configured.");
    }

    private void answerChanged(
            Context context, Piece piece, Function<Optional<Setting.Action>, Setting.Action> changed) {
        context.future(() -> change(piece, before -> Optional.of(changed.apply(before)))
                .thenAccept(after -> context.json(Configured.of(piece, after.orElseThrow()))));
    }

    /** Reads, changes, appends; again if somebody else's change came in between. */
    private CompletableFuture<Optional<Setting.Action>> change(
            Piece piece, Function<Optional<Setting.Action>, Optional<Setting.Action>> changed) {
        var view = configuration.newest();
        var after = changed.apply(view.configuredAction(piece.tenantId(), piece.key()));
        var change = new Change(
                UUID.randomUUID().toString(),
                piece,
                view.changedAt(piece),
                clock.instant(),
                "management",
                after.map(Setting.class::cast));
        return configuration
                .append(change)
                .thenCompose(counted -> counted ? CompletableFuture.completedFuture(after) : change(piece, changed));
    }

    private static Setting.Action patched(Setting.Action before, JsonBody body) {
        return new Setting.Action(
                patched(
                        body,
                        "defaultUserActionResult",
                        before.defaultUserActionResult(),
                        field -> body.oneOf(field, OUTCOMES)),
                patched(body, "messagingTemplates", before.messagingTemplates(), field -> templates(body, field)),
                patched(body, "verificationMethods", before.verificationMethods(), field -> methods(body, field)),
                patched(
                        body,
                        "promptToEnrollVerificationMethods",
                        before.promptToEnrollVerificationMethods(),
                        field -> methods(body, field)),
                patched(
                        body,
                        "defaultVerificationMethod",
                        before.defaultVerificationMethod(),
                        field -> method(body, field)));
    }

    /** Absent keeps, null resets. */
    private static <T> Optional<T> patched(
            JsonBody body, String field, Optional<T> before, Function<String, Optional<T>> read) {
        return body.has(field) ? read.apply(field) : before;
    }

    private static Optional<String> templates(JsonBody body, String field) {
        return body.value(field).map(Json::text).map(text -> {
            if (text.length() > TEMPLATES_LENGTH_MAX) throw JsonBody.refused(field, "at most 64 KiB of JSON");
            return text;
        });
    }

    private static Optional<List<String>> methods(JsonBody body, String field) {
        return body.texts(field, METHODS_MAX, NAME_LENGTH_MAX).map(names -> {
            names.forEach(name -> requireMethod(field, name));
            return names;
        });
    }

    private static Optional<String> method(JsonBody body, String field) {
        return body.text(field, NAME_LENGTH_MAX).map(name -> requireMethod(field, name));
    }

    private static String requireMethod(String field, String name) {
        if (!METHODS.contains(name)) throw JsonBody.refused(field, "names of verification methods");
        return name;
    }
}
