package sluice.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.Settled;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

/** The one tenant: every method is active, and its rules read much of what there is to read. */
public final class Acme {
    public static final String TENANT = "acme";
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int ATTEMPTS_MAX = 5;
    private static final String CONDITIONS = """
            {"or":[{"var":"ip.isAnonymous"},{"==":[{"var":"ip.countryCode"},"AQ"]},{"var":"device.isNew"},
            {">":[{"var":"custom.amount"},1000]},{"var":"travel.isImpossible"}]}
            """;

    private Acme() {}

    /** What is set for it. */
    public static ConfigurationSource configuration() {
        return new Settled(history());
    }

    /** The same, and one setting more. */
    public static ConfigurationSource with(Piece piece, Setting value) {
        var history = history();
        set(history, piece, value);
        return new Settled(history);
    }

    private static ConfigurationHistory history() {
        var history = new ConfigurationHistory();
        set(history, Piece.tenant(TENANT), new Setting.Tenant("Acme", List.of(), List.of(), LIFETIME, ATTEMPTS_MAX));
        for (var method : VerificationMethod.values()) {
            set(
                    history,
                    Piece.authenticator(TENANT, method.name()),
                    new Setting.Authenticator(true, 1, Optional.empty()));
        }
        set(
                history,
                Piece.customDataPoint(TENANT, "amount"),
                new Setting.CustomDataPoint(
                        "amount", CustomDataType.NUMBER, CustomDataModel.ACTION, Optional.empty(), false));
        set(history, Piece.rule(TENANT, "signIn", "rule-1"), rule());
        return history;
    }

    private static Setting.Rule rule() {
        return new Setting.Rule(
                "A rule",
                Optional.empty(),
                true,
                0,
                ActionOutcome.REVIEW,
                CONDITIONS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static void set(ConfigurationHistory history, Piece piece, Setting value) {
        var basedOn = history.newest().changedAt(piece);
        history.apply(new Change(
                "change", piece, basedOn, Instant.EPOCH, Author.commandLine("fuzz", "run"), Optional.of(value)));
    }
}
