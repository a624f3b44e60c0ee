package sluice.runtime.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ids that a registry did not have a moment ago: bad records must not make a call each. Thread-safe. */
final class UnknownIds {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int IDS_MAX = 1000;

    private final InstantSource clock;
    private final Map<Integer, Instant> until = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Instant> eldest) {
            return size() > IDS_MAX;
        }
    };

    UnknownIds(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(int id) {
        until.remove(id);
        until.put(id, clock.instant().plus(REMEMBERED));
    }

    synchronized boolean contains(int id) {
        var end = until.get(id);
        return end != null && clock.instant().isBefore(end);
    }
}
