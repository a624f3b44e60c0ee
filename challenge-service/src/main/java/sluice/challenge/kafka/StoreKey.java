package sluice.challenge.kafka;

import sluice.challenge.domain.ActionKey;

/** Keys of the stores. Parts are separated by NUL, which none of them holds, so that no two things share a key. */
final class StoreKey {
    private static final char SEPARATOR = '\0';
    private static final int TIME_DIGITS = 19;

    private StoreKey() {}

    static String of(ActionKey action) {
        return ofUser(action.userKey()) + action.actionCode() + SEPARATOR + action.idempotencyKey();
    }

    /** What the keys of one user's actions, and of nobody else's, start with. */
    static String ofUser(String userKey) {
        return userKey + SEPARATOR;
    }

    /** Where the entries of a time start; they sort by time. */
    static String ofTime(long millis) {
        var digits = String.valueOf(Math.max(0, millis));
        return "0".repeat(TIME_DIGITS - digits.length()) + digits;
    }

    static String ofEntry(long millis, String actionKey) {
        return ofTime(millis) + SEPARATOR + actionKey;
    }

    static long timeOf(String entry) {
        return Long.parseLong(entry.substring(0, TIME_DIGITS));
    }

    static String actionKeyOf(String entry) {
        return entry.substring(TIME_DIGITS + 1);
    }
}
