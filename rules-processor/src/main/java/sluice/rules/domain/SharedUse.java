package sluice.rules.domain;

import java.util.Optional;

/**
 * What the ingress knew of others at the same address or device when the call came; empty is not known.
 *
 * @param addressUsersLastHour different users from the address
 * @param addressUsersLastDay likewise, over 24 hours
 * @param deviceUsersLastDay different users with the device, over 24 hours
 * @param addressFailuresLastHour wrong answers to challenges of users at the address
 * @param addressFailuresLastDay likewise, over 24 hours
 * @param addressFailedChallengesLastHour challenges of users at the address that ended in failure
 * @param addressFailedChallengesLastDay likewise, over 24 hours
 */
public record SharedUse(
        Optional<Long> addressUsersLastHour,
        Optional<Long> addressUsersLastDay,
        Optional<Long> deviceUsersLastDay,
        Optional<Long> addressFailuresLastHour,
        Optional<Long> addressFailuresLastDay,
        Optional<Long> addressFailedChallengesLastHour,
        Optional<Long> addressFailedChallengesLastDay) {
    /** Nothing was known. */
    public static final SharedUse UNKNOWN = new SharedUse(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
