package sluice.acceptance.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.TransitionReason;

/** Transitions by window and kind, as somebody counts them who has the whole log, and as Sluice tells them. */
public final class CountedOutcomes {
    /** Upper bounds of how long they took, in milliseconds (docs/aggregates.md). */
    private static final List<Long> BOUNDS = List.of(
            1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 30_000L, 60_000L, 120_000L, 300_000L, 600_000L, Long.MAX_VALUE);

    private CountedOutcomes() {}

    /** One kind of transition in one window. */
    public record Kind(
            Instant start,
            String actionCode,
            String state,
            String reason,
            @Nullable String ruleId,
            @Nullable String method) {}

    /** How many there were, and how long they took; of decisions nothing. */
    public record Tally(long count, long sumMillis, long maxMillis, List<Long> counts) {
        private static Tally of(ChallengeTransition transition) {
            if (transition.getReason() == TransitionReason.DECIDED) return new Tally(1, 0, 0, List.of());
            var millis = transition.getLatencyMillis();
            var counts = new ArrayList<Long>();
            for (var i = 0; i < BOUNDS.size(); i++) {
                counts.add(millis <= BOUNDS.get(i) && (i == 0 || millis > BOUNDS.get(i - 1)) ? 1L : 0L);
            }
            return new Tally(1, millis, millis, counts);
        }

        private Tally plus(Tally other) {
            var sums = new ArrayList<Long>();
            for (var i = 0; i < counts.size(); i++) sums.add(counts.get(i) + other.counts.get(i));
            return new Tally(
                    count + other.count, sumMillis + other.sumMillis, Math.max(maxMillis, other.maxMillis), sums);
        }
    }

    /** Each once, however often the log has it. */
    public static List<ChallengeTransition> once(Collection<ChallengeTransition> log) {
        var seen = new HashSet<String>();
        return log.stream().filter(each -> seen.add(each.getEventId())).toList();
    }

    /** Counts one by one. */
    public static Map<Kind, Tally> of(Collection<ChallengeTransition> log, Duration window) {
        var tallies = new HashMap<Kind, Tally>();
        for (var each : once(log)) {
            var at = each.getTransitionedAt().toEpochMilli();
            var start = Instant.ofEpochMilli(at - at % window.toMillis());
            var kind = new Kind(
                    start,
                    each.getActionCode(),
                    each.getTo().name(),
                    each.getReason().name(),
                    each.getRuleIds().stream().findFirst().orElse(null),
                    each.getVerificationMethod() == null
                            ? null
                            : each.getVerificationMethod().name());
            tallies.merge(kind, Tally.of(each), Tally::plus);
        }
        return tallies;
    }

    /** What the topic says, the newest of each key: what its partitions have adds up. */
    public static Map<Kind, Tally> told(Collection<OutcomeAggregate> newest) {
        var tallies = new HashMap<Kind, Tally>();
        for (var each : newest) {
            var kind = new Kind(
                    each.getStart(),
                    each.getActionCode(),
                    each.getState().name(),
                    each.getReason().name(),
                    each.getRuleId(),
                    each.getVerificationMethod() == null
                            ? null
                            : each.getVerificationMethod().name());
            var tally = new Tally(
                    each.getCount(),
                    each.getLatencyMillisSum(),
                    each.getLatencyMillisMax(),
                    List.copyOf(each.getLatencyCounts()));
            tallies.merge(kind, tally, Tally::plus);
        }
        return tallies;
    }

    /** What the management API answers. */
    public static Map<Kind, Tally> told(JsonNode answer) {
        var tallies = new HashMap<Kind, Tally>();
        for (var row : answer.path("aggregates")) {
            var kind = new Kind(
                    Instant.parse(row.path("start").asText()),
                    row.path("actionCode").asText(),
                    row.path("state").asText(),
                    row.path("reason").asText(),
                    text(row, "ruleId"),
                    text(row, "verificationMethod"));
            var latency = row.path("latency");
            var counts = StreamSupport.stream(latency.path("counts").spliterator(), false)
                    .map(JsonNode::asLong)
                    .toList();
            var tally = new Tally(
                    row.path("count").asLong(),
                    latency.path("sumMillis").asLong(),
                    latency.path("maxMillis").asLong(),
                    counts);
            if (tallies.put(kind, tally) != null) throw new AssertionError("Two rows of one kind: " + row);
        }
        return tallies;
    }

    private static @Nullable String text(JsonNode row, String field) {
        return row.hasNonNull(field) ? Objects.requireNonNull(row.path(field).asText()) : null;
    }
}
