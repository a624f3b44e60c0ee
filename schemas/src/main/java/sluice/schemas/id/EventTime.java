package sluice.schemas.id;

import java.time.Instant;

/**
 * The times that an event can have: from 1970 to the year 9999. The log could hold others, but not what is reckoned from
 * them: the end of a challenge that begins at the last millisecond there is.
 */
public final class EventTime {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private EventTime() {}

    public static boolean isSound(Instant time) {
        return !time.isBefore(FIRST) && !time.isAfter(LAST);
    }
}
