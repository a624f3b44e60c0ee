package sluice.rules.backtest;

import java.util.Map;
import sluice.rules.backtest.domain.Period;
import sluice.runtime.configuration.domain.Setting;

/**
 * What is to be tested.
 *
 * @param tenantId whose events
 * @param candidate rules by id, by action code; actions that are not in it keep their rules
 * @param period of which decisions are compared
 * @param passes how often the log is read, each time for another part of the users: so much less memory is needed
 * @param usersMax users of one partition, in one pass, that there is memory for
 * @param samplesMax samples of each way to differ, of each action
 * @param showsValues whether samples tell what rules saw, which is personal data
 */
public record Plan(
        String tenantId,
        Map<String, Map<String, Setting.Rule>> candidate,
        Period period,
        int passes,
        int usersMax,
        int samplesMax,
        boolean showsValues) {
    /** Heap that a user in memory may take, in two worlds: some have far less, few have more. */
    private static final long BYTES_A_USER = 8192;

    public Plan {
        candidate = Map.copyOf(candidate);
        if (passes < 1) throw new IllegalArgumentException("One pass or more, not " + passes);
    }

    /** So many users there is memory for in so many bytes. */
    public static int usersMax(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / BYTES_A_USER));
    }

    /** The same in other passes. */
    public Plan inPasses(int other) {
        return new Plan(tenantId, candidate, period, other, usersMax, samplesMax, showsValues);
    }
}
