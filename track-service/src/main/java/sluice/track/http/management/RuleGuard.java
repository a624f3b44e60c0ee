package sluice.track.http.management;

import java.util.Optional;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.Refusal;

/** Keeps what active rules read: a rule that blocks must not stop doing so because a list was tidied away. */
final class RuleGuard {
    private RuleGuard() {}

    static void check(ConfigurationView view, Piece piece, Optional<? extends Setting> after) {
        view.fault(piece, after).ifPresent(fault -> {
            throw Refusal.INVALID_REQUEST.because("The active rule " + fault.rule() + " reads it: conditions"
                    + fault.refusal().pointer() + ": " + fault.refusal().reason());
        });
    }
}
