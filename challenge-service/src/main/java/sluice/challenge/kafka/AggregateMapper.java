package sluice.challenge.kafka;

import org.jspecify.annotations.Nullable;
import sluice.challenge.domain.aggregate.Counted;
import sluice.challenge.domain.aggregate.WindowSize;
import sluice.schemas.AggregateWindow;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;

/** Carries counts to their records and back. */
final class AggregateMapper {
    private AggregateMapper() {}

    /**
     * The aggregate after one more transition of its kind.
     *
     * @param before null where there is none yet
     * @param partition of the transition
     * @param offset likewise
     */
    static OutcomeAggregate after(
            @Nullable OutcomeAggregate before,
            ChallengeTransition transition,
            WindowSize size,
            int partition,
            long offset) {
        var counted = before == null ? Counted.NOTHING : toDomain(before);
        var after = transition.getFrom() == null ? counted.andOne() : counted.andOne(transition.getLatencyMillis());
        return OutcomeAggregate.newBuilder()
                .setTenantId(transition.getTenantId())
                .setWindow(AggregateWindow.valueOf(size.name()))
                .setStart(size.startOf(transition.getTransitionedAt()))
                .setPartition(partition)
                .setActionCode(transition.getActionCode())
                .setState(transition.getTo())
                .setReason(transition.getReason())
                .setRuleId(transition.getRuleIds().stream().findFirst().orElse(null))
                .setVerificationMethod(transition.getVerificationMethod())
                .setCount(after.count())
                .setLatencyMillisSum(after.latencyMillisSum())
                .setLatencyMillisMax(after.latencyMillisMax())
                .setLatencyCounts(after.latencyCounts())
                .setOffset(offset)
                .build();
    }

    private static Counted toDomain(OutcomeAggregate read) {
        return new Counted(
                read.getCount(), read.getLatencyMillisSum(), read.getLatencyMillisMax(), read.getLatencyCounts());
    }

    static WindowSize size(OutcomeAggregate aggregate) {
        return WindowSize.valueOf(aggregate.getWindow().name());
    }
}
