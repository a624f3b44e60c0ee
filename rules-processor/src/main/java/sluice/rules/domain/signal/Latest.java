package sluice.rules.domain.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import sluice.runtime.signal.domain.Counts;

/**
 * Those who were there in the last day, each once. Beyond the limit those leave first who were not there for the
 * longest, so a count that is at the limit stands for that many or more.
 *
 * @param all oldest first
 */
public record Latest(List<Seen> all) {
    /** Nobody was there. */
    public static final Latest NONE = new Latest(List.of());

    static final int MAX = 256;

    static final long DAY_MINUTES = Duration.ofDays(1).toMinutes();

    private static final Comparator<Seen> OLDEST_FIRST =
            Comparator.comparingLong(Seen::minute).thenComparingLong(Seen::who);

    public Latest {
        all = List.copyOf(all);
    }

    /** One was there. One who was there later, or in the same minute, has been counted: nothing changes. */
    Latest and(long who, Instant at) {
        var seen = new Seen(who, Counts.minuteOf(at));
        if (all.stream().anyMatch(each -> each.who() == who && each.minute() >= seen.minute())) return this;
        var after = new ArrayList<Seen>(all.size() + 1);
        all.stream()
                .filter(each -> each.who() != who && each.minute() > seen.minute() - DAY_MINUTES)
                .forEach(after::add);
        after.add(seen);
        after.sort(OLDEST_FIRST);
        return new Latest(after.subList(Math.max(0, after.size() - MAX), after.size()));
    }

    /** How many there are for those who ask from an instant on. */
    public Counts counts(Instant at) {
        return Counts.of(all.stream().map(Seen::minute).toList(), at);
    }

    /** The minute in which somebody was there last. */
    OptionalLong last() {
        return all.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(all.get(all.size() - 1).minute());
    }
}
