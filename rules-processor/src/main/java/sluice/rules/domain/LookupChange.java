package sluice.rules.domain;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an event changes of what its user can be found by.
 *
 * @param additions to be in the index before the user's record says so
 * @param removals not to leave the index before the user's record says so
 */
public record LookupChange(Set<LookupKey> additions, Set<LookupKey> removals) {
    public LookupChange {
        additions = Set.copyOf(additions);
        removals = Set.copyOf(removals);
    }

    /**
     * Compares a user before and after an event. Of an event that comes again nobody knows whether the index had it
     * before the crash: all that the user can be found by is added once more.
     */
    public static LookupChange of(Optional<User> before, String eventId, User after) {
        var had = before.map(LookupKey::allOf).orElseGet(Set::of);
        var has = LookupKey.allOf(after);
        var comesAgain = before.filter(user -> user.hasJudged(eventId)).isPresent();
        return new LookupChange(comesAgain ? has : without(has, had), without(had, has));
    }

    private static Set<LookupKey> without(Set<LookupKey> keys, Set<LookupKey> others) {
        var left = new LinkedHashSet<>(keys);
        left.removeAll(others);
        return left;
    }
}
