package sluice.track.http.management;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import sluice.rule.ConditionCompiler;
import sluice.rule.RefusedConditionException;
import sluice.rule.Vocabulary;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.track.http.Refusal;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;

/** A rule as a body has it (management contract, docs/rules.md). */
final class RuleBody {
    private static final int PRIORITY_MAX = 1_000_000;
    private static final int NAME_LENGTH_MAX = 256;
    private static final int DESCRIPTION_LENGTH_MAX = 4096;
    private static final int CONDITIONS_LENGTH_MAX = 65_536;
    private static final Set<ActionOutcome> TYPES = EnumSet.complementOf(EnumSet.of(ActionOutcome.UNKNOWN));

    private RuleBody() {}

    /** Reads the fields; one that is wrong is refused by its name. */
    static Setting.Rule read(Optional<Setting.Rule> before, Patch patch) {
        var body = patch.body();
        return new Setting.Rule(
                patch.requiredText("name", before.map(Setting.Rule::name), NAME_LENGTH_MAX),
                patch.text("description", before.flatMap(Setting.Rule::description), DESCRIPTION_LENGTH_MAX),
                patch.flag("isActive", before.map(Setting.Rule::isActive))
                        .orElseThrow(() -> JsonBody.refused("isActive", "true or false")),
                patch.field("priority", before.map(Setting.Rule::priority), field -> priority(body, field))
                        .orElseThrow(() -> JsonBody.refused("priority", "a whole number, 0 or more")),
                patch.field("type", before.map(Setting.Rule::type), field -> body.oneOf(field, TYPES))
                        .orElseThrow(() -> JsonBody.refused("type", "one of ALLOW, BLOCK, CHALLENGE, REVIEW")),
                patch.field("conditions", before.map(Setting.Rule::conditions), field -> conditions(body, field))
                        .orElseThrow(() -> JsonBody.refused("conditions", "JSON Logic")),
                patch.field(
                        "verificationMethods",
                        before.flatMap(Setting.Rule::verificationMethods),
                        field -> ActionConfigurationHandler.methods(body, field)),
                patch.field(
                        "promptToEnrollVerificationMethods",
                        before.flatMap(Setting.Rule::promptToEnrollVerificationMethods),
                        field -> ActionConfigurationHandler.methods(body, field)),
                patch.field(
                        "defaultVerificationMethod",
                        before.flatMap(Setting.Rule::defaultVerificationMethod),
                        field -> ActionConfigurationHandler.method(body, field)),
                patch.flag("isShadow", before.map(Setting.Rule::isShadow)).orElse(false));
    }

    /** Refuses a rule whose conditions do not compile, and names the place. */
    static void requireMeaning(Setting.Rule rule, Vocabulary vocabulary) {
        try {
            new ConditionCompiler(vocabulary).compile(rule.conditions());
        } catch (RefusedConditionException e) {
            throw Refusal.INVALID_REQUEST.because("conditions" + e.pointer() + ": " + e.reason());
        }
    }

    private static Optional<Integer> priority(JsonBody body, String field) {
        return body.value(field).map(value -> {
            var isSound = value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.intValue() >= 0
                    && value.intValue() <= PRIORITY_MAX;
            if (!isSound) throw JsonBody.refused(field, "a whole number, 0 to " + PRIORITY_MAX);
            return value.intValue();
        });
    }

    private static Optional<String> conditions(JsonBody body, String field) {
        return body.value(field).map(value -> {
            if (!value.isObject()) throw JsonBody.refused(field, "JSON Logic, an object");
            var text = Json.text(value);
            if (text.length() > CONDITIONS_LENGTH_MAX) throw JsonBody.refused(field, "at most 64 KiB of JSON");
            return text;
        });
    }
}
