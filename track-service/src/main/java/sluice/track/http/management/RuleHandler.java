package sluice.track.http.management;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.track.http.Refusal;
import sluice.track.http.json.JsonBody;

/**
 * {@code /v1/management/action-configurations/{actionCode}/rules}: the rules of an action code (management contract,
 * docs/rules.md). What does not compile is refused with its place.
 */
final class RuleHandler {
    static final int RULES_MAX = 100;
    private static final Comparator<Map.Entry<String, Setting.Rule>> ORDER =
            Comparator.<Map.Entry<String, Setting.Rule>>comparingInt(
                            entry -> entry.getValue().priority())
                    .thenComparing(Map.Entry::getKey);

    private final Desk desk;
    private final Resource<Setting.Rule> rules;
    private final Resource<Setting.Action> actions;

    RuleHandler(Desk desk) {
        this.desk = desk;
        this.rules = new Resource<>(desk, Setting.Rule.class, "rule", Answer::of);
        this.actions = new Resource<>(desk, Setting.Action.class, "action configuration", (piece, action) -> Map.of());
    }

    /** A rule as the contract has it. */
    private record Answer(
            String ruleId,
            String actionCode,
            String tenantId,
            String name,
            @Nullable String description,
            boolean isActive,
            int priority,
            ActionOutcome type,
            @Nullable List<String> verificationMethods,
            @Nullable List<String> promptToEnrollVerificationMethods,
            @Nullable String defaultVerificationMethod,
            @JsonRawValue String conditions,
            boolean isShadow) {

        static Answer of(Piece piece, Setting.Rule rule) {
            var slash = piece.key().indexOf('/');
            return new Answer(
                    piece.key().substring(slash + 1),
                    piece.key().substring(0, slash),
                    piece.tenantId(),
                    rule.name(),
                    rule.description().orElse(null),
                    rule.isActive(),
                    rule.priority(),
                    rule.type(),
                    rule.verificationMethods().orElse(null),
                    rule.promptToEnrollVerificationMethods().orElse(null),
                    rule.defaultVerificationMethod().orElse(null),
                    rule.conditions(),
                    rule.isShadow());
        }
    }

    /** Makes a rule; an action code that was never configured comes into being with its defaults. */
    void create(Context context) {
        var tenantId = rules.tenant(context);
        var actionCode = actionCode(context);
        var patch = new Patch(JsonBody.of(context));
        var piece = Piece.rule(tenantId, actionCode, UUID.randomUUID().toString());
        var rule = patched(Optional.empty(), patch, piece);
        if (configuration().rules(tenantId, actionCode).size() >= RULES_MAX) {
            throw Refusal.INVALID_REQUEST.because("An action code has at most " + RULES_MAX + " rules.");
        }
        var author = desk.author(context);
        rules.put(
                context,
                () -> actions.ensure(author, Piece.action(tenantId, actionCode), Setting.Action.UNSET),
                piece,
                before -> rule);
    }

    void get(Context context) {
        rules.get(context, piece(context));
    }

    /** Rules by their ids, in the order in which they are applied. */
    static List<Map.Entry<String, Setting.Rule>> inOrder(Map<String, Setting.Rule> rules) {
        return rules.entrySet().stream().sorted(ORDER).toList();
    }

    /** Every rule of the action code, in the order in which they are applied. */
    void list(Context context) {
        var tenantId = rules.tenant(context);
        var actionCode = actionCode(context);
        context.json(inOrder(configuration().rules(tenantId, actionCode)).stream()
                .map(entry -> Answer.of(Piece.rule(tenantId, actionCode, entry.getKey()), entry.getValue()))
                .toList());
    }

    void patch(Context context) {
        var piece = piece(context);
        var patch = new Patch(JsonBody.of(context));
        rules.patch(context, piece, before -> patched(Optional.of(before), patch, piece));
    }

    void delete(Context context) {
        rules.delete(context, piece(context));
    }

    private ConfigurationView configuration() {
        return desk.configuration().newest();
    }

    private Piece piece(Context context) {
        return Piece.rule(rules.tenant(context), actionCode(context), context.pathParam("ruleId"));
    }

    private static String actionCode(Context context) {
        return ActionConfigurationHandler.actionCode(context.pathParam("actionCode"));
    }

    private Setting.Rule patched(Optional<Setting.Rule> before, Patch patch, Piece piece) {
        var rule = RuleBody.read(before, patch);
        // one that is not applied may be put to rest whatever has become of what it reads
        if (rule.isActive() || patch.body().has("conditions")) {
            RuleBody.requireMeaning(rule, configuration().vocabulary(piece.tenantId()));
        }
        return rule;
    }
}
