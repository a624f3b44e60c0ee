package sluice.track.http.management;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import sluice.fuzz.Acme;
import sluice.fuzz.Choices;
import sluice.rule.Vocabulary;
import sluice.runtime.configuration.Written;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.RefusedException;
import sluice.track.http.json.JsonBody;
import sluice.track.message.MessagingTemplates;
import sluice.track.theme.Look;
import sluice.track.theme.ThemeDocument;

/** Bodies of the management API: refused by name, or a setting that the log can hold. */
public final class ManagementBodyFuzz {
    private static final String TENANT = Acme.TENANT;
    private static final Vocabulary VOCABULARY = Acme.configuration().newest().vocabulary(TENANT);
    private static final WebhookFields WEBHOOK = new WebhookFields(() -> Instant.EPOCH);

    private ManagementBodyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var kind = choices.below(8);
        try {
            read(kind, JsonBody.of(choices.rest(), "application/json"));
        } catch (RefusedException e) {
            // as promised
        }
    }

    private static void read(int kind, JsonBody body) {
        var patch = new Patch(body);
        switch (kind) {
            case 0 -> rule(patch);
            case 1 -> theme(body);
            case 2 ->
                Written.require(
                        Piece.messageOverrides(TENANT), MessageOverridesHandler.patched(Optional.empty(), patch));
            case 3 ->
                Written.require(Piece.valueList(TENANT, "list"), ValueListHandler.patched(Optional.empty(), patch));
            case 4 ->
                Written.require(
                        Piece.customDataPoint(TENANT, "point"),
                        CustomDataPointHandler.patched(Optional.empty(), patch));
            case 5 -> action(patch);
            case 6 -> WEBHOOK.patched(Setting.Webhook.UNSET, patch);
            default -> candidates(body);
        }
    }

    private static void rule(Patch patch) {
        var rule = RuleBody.read(Optional.empty(), patch);
        Written.require(Piece.rule(TENANT, "signIn", "rule-2"), rule);
        RuleBody.requireMeaning(rule, VOCABULARY);
    }

    private static void theme(JsonBody body) {
        var theme = ThemeHandler.patched(Setting.Theme.UNSET, body);
        Written.require(Piece.theme(TENANT), theme);
        Look.of(ThemeDocument.of(theme));
    }

    private static void action(Patch patch) {
        var action = ActionConfigurationHandler.patched(Setting.Action.UNSET, patch);
        Written.require(Piece.action(TENANT, "signIn"), action);
        MessagingTemplates.over(Map.of(), action.messagingTemplates());
    }

    private static void candidates(JsonBody body) {
        body.text("from", 64).ifPresent(ManagementBodyFuzz::time);
        CandidateRules.read(body.all(), VOCABULARY);
    }

    private static void time(String text) {
        try {
            var unused = CandidateRules.time(text).toEpochMilli(); // as the log has it
        } catch (DateTimeException e) {
            // as promised
        }
    }
}
