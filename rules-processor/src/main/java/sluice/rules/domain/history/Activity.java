package sluice.rules.domain.history;

import java.time.Instant;

/**
 * How often a user has done one thing.
 *
 * @param actionCode which
 * @param tracks of it
 * @param lastAt event time of the last
 */
public record Activity(String actionCode, Tally tracks, Instant lastAt) {
    static Activity first(String actionCode, Instant at) {
        return new Activity(actionCode, Tally.EMPTY.and(at), at);
    }

    Activity again(Instant at) {
        return new Activity(actionCode, tracks.and(at), at.isAfter(lastAt) ? at : lastAt);
    }
}
