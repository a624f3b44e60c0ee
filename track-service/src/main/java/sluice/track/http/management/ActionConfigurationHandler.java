package sluice.track.http.management;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.http.Context;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.id.UserKey;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/**
 * {@code /v1/management/action-configurations}: what is set for an action code (management contract). When a code was
 * last tracked is in the log of its actions, not here: {@code lastActionCreatedAt} stays absent.
 */
final class ActionConfigurationHandler {
    private static final int METHODS_MAX = 50;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int TEMPLATES_LENGTH_MAX = 65_536;
    private static final Set<ActionOutcome> OUTCOMES = EnumSet.complementOf(EnumSet.of(ActionOutcome.UNKNOWN));

    /**
     * Names accepted wherever methods are listed, whether or not Sluice can carry them out (management contract), and
     * RECOVERY_CODE, which an action that lists its methods has to list to let users in by it.
     */
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
            "OIDC_PROVIDER",
            "RECOVERY_CODE");

    private final Desk desk;
    private final Resource<Setting.Action> actions;
    private final Resource<Setting.Rule> rules;

    ActionConfigurationHandler(Desk desk) {
        this.desk = desk;
        this.rules = new Resource<>(desk, Setting.Rule.class, "rule", (piece, rule) -> Map.of());
        this.actions = new Resource<>(desk, Setting.Action.class, "action configuration", Configured::of);
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
        var tenantId = actions.tenant(context);
        var patch = new Patch(JsonBody.of(context));
        var actionCode = actionCode(patch.body().requiredText("actionCode", NAME_LENGTH_MAX));
        actions.put(context, Piece.action(tenantId, actionCode), before -> {
            // a code that was only ever tracked has an empty configuration, which is not in the way of the first one
            if (before.isPresent() && !before.get().equals(Setting.Action.UNSET)) throw actions.thereAlready();
            return patched(Setting.Action.UNSET, patch);
        });
    }

    void get(Context context) {
        actions.get(context, piece(context));
    }

    void patch(Context context) {
        var piece = piece(context);
        var patch = new Patch(JsonBody.of(context));
        actions.patch(context, piece, before -> patched(before, patch));
    }

    /**
     * Removes the action with its rules. The settings go first and then the rules, the last one first: so whatever is
     * decided meanwhile is what one of the rules said, or CHALLENGE, the default of what is not configured. A call that
     * was cut short is finished by the next.
     */
    void delete(Context context) {
        var piece = piece(context);
        var configuration = desk.configuration().newest();
        var ruleIds = new ArrayDeque<>(RuleHandler.inOrder(configuration.rules(piece.tenantId(), piece.key())).stream()
                .map(Map.Entry::getKey)
                .toList());
        if (ruleIds.isEmpty()
                && configuration.value(piece, Setting.Action.class).isEmpty()) throw actions.notThere();
        var author = desk.author(context);
        context.future(() -> {
            CompletableFuture<?> removed = actions.remove(author, piece);
            while (!ruleIds.isEmpty()) {
                var rule = Piece.rule(piece.tenantId(), piece.key(), ruleIds.removeLast());
                removed = removed.thenCompose(done -> rules.remove(author, rule));
            }
            return removed.thenAccept(done -> context.json(Map.of()));
        });
    }

    private Piece piece(Context context) {
        return Piece.action(actions.tenant(context), actionCode(context.pathParam("actionCode")));
    }

    static String actionCode(String text) {
        if (!UserKey.isActionCode(text)) throw JsonBody.refused("actionCode", "1 to 64 of A-Z, a-z, 0-9, _ and -");
        return text;
    }

    static Setting.Action patched(Setting.Action before, Patch patch) {
        var body = patch.body();
        return new Setting.Action(
                patch.field(
                        "defaultUserActionResult",
                        before.defaultUserActionResult(),
                        field -> body.oneOf(field, OUTCOMES)),
                patch.field("messagingTemplates", before.messagingTemplates(), field -> templates(body, field)),
                patch.field("verificationMethods", before.verificationMethods(), field -> methods(body, field)),
                patch.field(
                        "promptToEnrollVerificationMethods",
                        before.promptToEnrollVerificationMethods(),
                        field -> methods(body, field)),
                patch.field(
                        "defaultVerificationMethod", before.defaultVerificationMethod(), field -> method(body, field)));
    }

    private static Optional<String> templates(JsonBody body, String field) {
        return body.value(field).map(Json::text).map(text -> {
            if (text.length() > TEMPLATES_LENGTH_MAX) throw JsonBody.refused(field, "at most 64 KiB of JSON");
            return text;
        });
    }

    static Optional<List<String>> methods(JsonBody body, String field) {
        return body.texts(field, METHODS_MAX, NAME_LENGTH_MAX).map(names -> {
            names.forEach(name -> requireMethod(field, name));
            return names;
        });
    }

    static Optional<String> method(JsonBody body, String field) {
        return body.text(field, NAME_LENGTH_MAX).map(name -> requireMethod(field, name));
    }

    private static String requireMethod(String field, String name) {
        if (!METHODS.contains(name)) throw JsonBody.refused(field, "names of verification methods");
        return name;
    }
}
