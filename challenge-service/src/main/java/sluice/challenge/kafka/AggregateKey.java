package sluice.challenge.kafka;

import java.time.Instant;
import java.util.Locale;
import sluice.challenge.domain.aggregate.WindowSize;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;

/** Keys of the store of aggregates: a tenant's windows of one size lie together, by time. Parts are separated by NUL. */
final class AggregateKey {
    private static final String SEPARATOR = "\0";

    private AggregateKey() {}

    static String of(ChallengeTransition transition, WindowSize size) {
        var rules = transition.getRuleIds();
        var method = transition.getVerificationMethod();
        return ofTime(transition.getTenantId(), size.name(), size.startOf(transition.getTransitionedAt()))
                + String.join(
                        SEPARATOR,
                        transition.getActionCode(),
                        transition.getTo().name(),
                        transition.getReason().name(),
                        rules.isEmpty() ? "" : rules.get(0),
                        method == null ? "" : method.name());
    }

    /** What the keys of a window begin with, and where the windows of a time and later begin. */
    static String ofTime(String tenantId, String window, Instant start) {
        return tenantId
                + SEPARATOR
                + window
                + SEPARATOR
                + String.format(Locale.ROOT, "%019d", Math.max(0, start.toEpochMilli()))
                + SEPARATOR;
    }

    /** Key on the topic, for people and compaction. */
    static String onTopic(OutcomeAggregate aggregate) {
        return String.join(
                "/",
                aggregate.getTenantId(),
                aggregate.getWindow().name(),
                String.valueOf(aggregate.getStart().toEpochMilli()),
                String.valueOf(aggregate.getPartition()),
                aggregate.getActionCode(),
                aggregate.getState().name(),
                aggregate.getReason().name(),
                aggregate.getRuleId() == null ? "" : aggregate.getRuleId(),
                aggregate.getVerificationMethod() == null
                        ? ""
                        : aggregate.getVerificationMethod().name());
    }
}
