package sluice.rules.domain.signal;

import java.time.Instant;
import java.util.stream.Stream;

/**
 * What was seen of an address or a device, whoever came with it.
 *
 * @param users who came with it; of an e-mail address, the mails to it
 * @param failures wrong answers to their challenges
 * @param failedChallenges challenges of theirs that ended in failure
 */
public record Signal(Latest users, Latest failures, Latest failedChallenges) {
    /** Nothing was seen. */
    public static final Signal NONE = new Signal(Latest.NONE, Latest.NONE, Latest.NONE);

    static final int USERS_WORTH_TELLING = 2;

    /** Something was seen. What was seen before, in the same minute, changes nothing; so an observation may come again. */
    public Signal and(Observation observation) {
        var who = observation.who();
        var at = observation.at();
        return switch (observation.kind()) {
            case USER, MAIL -> new Signal(users.and(who, at), failures, failedChallenges);
            case FAILURE -> new Signal(users, failures.and(who, at), failedChallenges);
            case FAILED_CHALLENGE -> new Signal(users, failures, failedChallenges.and(who, at));
            case UNKNOWN -> throw new IllegalArgumentException("An observation of a kind that came later");
        };
    }

    /** Whether it tells anything: most addresses are of one user, who fails at nothing. */
    public boolean isWorthTelling(Instant at) {
        return users.counts(at).lastDay(at) >= USERS_WORTH_TELLING
                || failures.counts(at).lastDay(at) > 0
                || failedChallenges.counts(at).lastDay(at) > 0;
    }

    /** Whether no window reaches any of it at a minute, since the epoch, or later. */
    public boolean isForgotten(long minute) {
        return Stream.of(users, failures, failedChallenges)
                .flatMapToLong(latest -> latest.last().stream())
                .allMatch(last -> last <= minute - Latest.DAY_MINUTES);
    }
}
