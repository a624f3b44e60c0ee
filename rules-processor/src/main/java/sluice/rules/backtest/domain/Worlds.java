package sluice.rules.backtest.domain;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import sluice.rules.domain.User;

/**
 * A user as the rules of the time have made them, and as the candidate's would have: one and the same until the first
 * decision that differs, from then on each for itself.
 *
 * @param parted the user in the candidate's world; empty while the worlds are one
 * @param affected codes of the user's actions that were decided differently
 * @param isCounted whether any decision of the user's was counted
 */
record Worlds(User recorded, Optional<User> parted, Set<String> affected, boolean isCounted) {
    static Worlds of(User recorded, Optional<User> parted) {
        return new Worlds(recorded, parted, Set.of(), false);
    }

    boolean isOne() {
        return parted.isEmpty();
    }

    User candidate() {
        return parted.orElse(recorded);
    }

    Worlds now(User recordedNow, Optional<User> partedNow) {
        return new Worlds(recordedNow, partedNow, affected, isCounted);
    }

    Worlds counted() {
        return isCounted ? this : new Worlds(recorded, parted, affected, true);
    }

    Worlds affected(String actionCode) {
        if (affected.contains(actionCode)) return this;
        var more = new HashSet<>(affected);
        more.add(actionCode);
        return new Worlds(recorded, parted, Set.copyOf(more), isCounted);
    }
}
