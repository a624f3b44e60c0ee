package sluice.track.notice;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many notices a user gets, whatever is done with their authenticators: who binds and removes in a loop floods no
 * mailbox. It is this process's, and forgets when that ends. Thread-safe.
 */
final class Pace {
    /** Notices of one user within {@link #WINDOW}. */
    static final int NOTICES_MAX = 10;

    static final Duration WINDOW = Duration.ofHours(1);

    private static final int USERS_MAX = 10_000;

    private final Map<String, Map<String, Long>> users = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Long>> eldest) {
            return size() > USERS_MAX;
        }
    };

    /** Whether a notice may go out; the same again if it comes again. */
    synchronized boolean admits(Notice notice) {
        var at = notice.at().toEpochMilli();
        var sent = users.computeIfAbsent(notice.userKey(), user -> new LinkedHashMap<>());
        sent.values().removeIf(before -> before <= at - WINDOW.toMillis());
        if (sent.containsKey(notice.eventId())) return true;
        if (sent.size() >= NOTICES_MAX) return false;
        sent.put(notice.eventId(), at);
        return true;
    }
}
