package sluice.rules.backtest.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a back-test has found.
 *
 * @param events events that were replayed, those before the period too
 * @param unreadable records that are no sound event of the tenant's; production has put them on the dead letters
 * @param erased events whose users were deleted, and that nothing opens any more
 * @param firstAt event time of the earliest event
 * @param lastAt of the latest
 * @param decisions actions that were decided in the period
 * @param differing those of them that the candidate decides differently
 * @param users users of those decisions
 * @param affected users of the differing ones
 * @param affectedUserIds the first so many of them, in the order of their ids
 * @param actions by action code
 * @param record how the replay by the rules of the time compares with what was decided
 */
public record Report(
        long events,
        long unreadable,
        long erased,
        Optional<Instant> firstAt,
        Optional<Instant> lastAt,
        long decisions,
        long differing,
        long users,
        long affected,
        List<String> affectedUserIds,
        List<OfAction> actions,
        OfRecord record) {

    /** Of the affected users so many are named. */
    public static final int USERS_NAMED_MAX = 1000;

    public Report {
        affectedUserIds = List.copyOf(affectedUserIds);
        actions = List.copyOf(actions);
    }

    /**
     * Decisions of the period, replayed by the rules of the time, beside those on the log.
     *
     * @param compared those that are on the log
     * @param deviating those of them that the replay makes otherwise
     * @param missing those that are not on the log, or not yet
     * @param samples the first of the deviating
     */
    public record OfRecord(long compared, long deviating, long missing, List<Deviation> samples) {
        public OfRecord {
            samples = List.copyOf(samples);
        }
    }

    /**
     * One action code's part.
     *
     * @param isReplaced whether the candidate has rules for it
     */
    public record OfAction(
            String actionCode, boolean isReplaced, long decisions, long differing, long affected, List<Turned> turns) {
        public OfAction {
            turns = List.copyOf(turns);
        }
    }

    /**
     * One way to differ.
     *
     * @param samples the first of them
     */
    public record Turned(Turn turn, long count, List<Difference> samples) {
        public Turned {
            samples = List.copyOf(samples);
        }
    }
}
