package sluice.rules.kafka;

import java.time.Instant;
import java.util.List;
import sluice.rules.domain.signal.Latest;
import sluice.rules.domain.signal.Seen;
import sluice.rules.domain.signal.Signal;
import sluice.runtime.signal.domain.Count;
import sluice.schemas.SignalCounts;

/** Carries what is known of addresses and devices to the store and back, and their counts to the log. */
final class SignalMapper {
    private SignalMapper() {}

    static sluice.schemas.Signal toAvro(Signal signal) {
        return new sluice.schemas.Signal(
                toAvro(signal.users()), toAvro(signal.failures()), toAvro(signal.failedChallenges()));
    }

    static Signal toDomain(sluice.schemas.Signal read) {
        return new Signal(
                toDomain(read.getUsers()), toDomain(read.getFailures()), toDomain(read.getFailedChallenges()));
    }

    private static List<sluice.schemas.Seen> toAvro(Latest latest) {
        return latest.all().stream()
                .map(each -> new sluice.schemas.Seen(each.who(), each.minute()))
                .toList();
    }

    private static Latest toDomain(List<sluice.schemas.Seen> read) {
        return new Latest(read.stream()
                .map(each -> new Seen(each.getWho(), each.getMinute()))
                .toList());
    }

    static SignalCounts counts(Signal signal, Instant at, String keyCheck) {
        var users = signal.users().counts(at);
        var failures = signal.failures().counts(at);
        var failedChallenges = signal.failedChallenges().counts(at);
        return SignalCounts.newBuilder()
                .setCountedAt(at)
                .setUsersByMinute(toAvro(users.minutes()))
                .setUsersByHour(toAvro(users.hours()))
                .setFailuresByMinute(toAvro(failures.minutes()))
                .setFailuresByHour(toAvro(failures.hours()))
                .setFailedChallengesByMinute(toAvro(failedChallenges.minutes()))
                .setFailedChallengesByHour(toAvro(failedChallenges.hours()))
                .setKeyCheck(keyCheck)
                .build();
    }

    private static List<sluice.schemas.Count> toAvro(List<Count> counts) {
        return counts.stream()
                .map(each -> new sluice.schemas.Count(each.index(), each.count()))
                .toList();
    }
}
