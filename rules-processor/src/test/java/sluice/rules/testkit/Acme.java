package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

/** The tenant of the tests: five wrong codes fail a challenge, which lives ten minutes; drift of one step. */
public final class Acme {
    public static final String TENANT = "acme";
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    public static final int ATTEMPTS_MAX = 5;

    /** RFC 6238 Appendix B. */
    public static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

    private final ConfigurationHistory history = new ConfigurationHistory();

    public Acme() {
        change(Piece.tenant(TENANT), new Setting.Tenant("Acme", List.of(), List.of(), LIFETIME, ATTEMPTS_MAX));
        app(true);
    }

    public Acme app(boolean isActive) {
        return method(VerificationMethod.AUTHENTICATOR_APP, isActive);
    }

    /** Activates a verification method, or deactivates it. */
    public Acme method(VerificationMethod method, boolean isActive) {
        return change(
                Piece.authenticator(TENANT, method.name()), new Setting.Authenticator(isActive, 1, Optional.empty()));
    }

    public Acme passkeys(boolean isActive) {
        return change(
                Piece.authenticator(TENANT, VerificationMethod.PASSKEY.name()),
                new Setting.Authenticator(isActive, 0, Optional.empty()));
    }

    /** Lets codes be sent by e-mail, or no more. */
    public Acme email(boolean isActive) {
        for (var method : List.of(VerificationMethod.EMAIL_OTP, VerificationMethod.EMAIL_MAGIC_LINK)) {
            change(
                    Piece.authenticator(TENANT, method.name()),
                    new Setting.Authenticator(isActive, 0, Optional.empty()));
        }
        return this;
    }

    /** Has the tenant asked before a challenge is met, or no more. */
    public Acme approvesVerification(boolean isAsked) {
        var events = isAsked ? List.of("action.verify") : List.<String>of();
        var webhook = new Setting.Webhook(
                Optional.of("https://shop.example/events"), Optional.of(events), Optional.of(Instant.EPOCH));
        return change(
                Piece.tenant(TENANT),
                new Setting.Tenant("Acme", List.of(), List.of(), LIFETIME, ATTEMPTS_MAX).withWebhook(webhook));
    }

    /** Sets what becomes of an action. */
    public Acme outcome(String actionCode, ActionOutcome outcome) {
        return change(
                Piece.action(TENANT, actionCode),
                new Setting.Action(
                        Optional.of(outcome), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Lets an action be verified by these methods alone. */
    public Acme methods(String actionCode, String... names) {
        return change(
                Piece.action(TENANT, actionCode),
                new Setting.Action(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(List.of(names)),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Sets an active rule; conditions are JSON Logic with single quotes. */
    public Acme rule(String actionCode, String ruleId, int priority, ActionOutcome type, String conditions) {
        return rule(actionCode, ruleId, rule(priority, type, conditions));
    }

    public Acme rule(String actionCode, String ruleId, Setting.Rule rule) {
        return change(Piece.rule(TENANT, actionCode, ruleId), rule);
    }

    public static Setting.Rule rule(int priority, ActionOutcome type, String conditions) {
        return new Setting.Rule(
                "A rule",
                Optional.empty(),
                true,
                priority,
                type,
                conditions.replace('\'', '"'),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** Sets a data point of the tenant's own. */
    public Acme dataPoint(String name, CustomDataType type, CustomDataModel model) {
        return change(
                Piece.customDataPoint(TENANT, model + name),
                new Setting.CustomDataPoint(name, type, model, Optional.empty(), false));
    }

    private Acme change(Piece piece, Setting value) {
        var basedOn = history.newest().changedAt(piece);
        history.apply(new Change(
                "change", piece, basedOn, Instant.EPOCH, Author.commandLine("test", "run"), Optional.of(value)));
        return this;
    }

    public ConfigurationView configuration() {
        return history.newest();
    }

    public ConfigurationHistory history() {
        return history;
    }
}
