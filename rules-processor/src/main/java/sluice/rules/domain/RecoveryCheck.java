package sluice.rules.domain;

import java.util.Optional;
import sluice.runtime.configuration.domain.Setting;

/** Checks recovery codes: each counts once (S20). */
final class RecoveryCheck implements Check {
    @Override
    public Judgement judge(User user, Event.Verify event, Setting.Authenticator method) {
        if (user.recoveryCodes().isEmpty()) return new NothingToCheck();
        var codes = user.recoveryCodes().get();
        var isSpent = codes.isSpent(event.code());
        return codes.unspent(event.code())
                .<Judgement>map(
                        hash -> right(user, codes.spend(hash, event.cause().at())))
                .orElseGet(() -> new Wrong(isSpent));
    }

    private static Judgement right(User user, RecoveryCodes codes) {
        return new Right(user.withRecoveryCodes(Optional.of(codes)), codes.authenticator(), false);
    }
}
