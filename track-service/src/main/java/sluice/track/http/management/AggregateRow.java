package sluice.track.http.management;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.schemas.OutcomeAggregate;
import sluice.track.http.json.Json;

/** What all partitions have counted of one kind of transition in one window. */
record AggregateRow(
        String start,
        String actionCode,
        String state,
        String reason,
        @Nullable String ruleId,
        @Nullable String verificationMethod,
        long count,
        @Nullable Latency latency) {

    /**
     * How long they took.
     *
     * @param counts up to 1, 2, 5, 10, 20, 30, 60, 120, 300 and 600 s, and longer
     */
    record Latency(long sumMillis, long maxMillis, List<Long> counts) {
        private static @Nullable Latency of(OutcomeAggregate read) {
            return read.getLatencyCounts().isEmpty()
                    ? null
                    : new Latency(read.getLatencyMillisSum(), read.getLatencyMillisMax(), read.getLatencyCounts());
        }

        static @Nullable Latency sum(@Nullable Latency one, @Nullable Latency other) {
            if (one == null || other == null) return one == null ? other : one;
            var counts = new ArrayList<Long>();
            for (var i = 0; i < one.counts.size(); i++) counts.add(one.counts.get(i) + other.counts.get(i));
            return new Latency(
                    one.sumMillis + other.sumMillis, Math.max(one.maxMillis, other.maxMillis), List.copyOf(counts));
        }
    }

    private record Kind(
            Instant start,
            String actionCode,
            String state,
            String reason,
            @Nullable String ruleId,
            @Nullable String method) {}

    /** Adds up what the partitions have; by window, then action, state, reason. */
    static List<AggregateRow> sums(Collection<OutcomeAggregate> all) {
        var sums = new LinkedHashMap<Kind, AggregateRow>();
        for (var each : all) {
            var method = each.getVerificationMethod();
            var kind = new Kind(
                    each.getStart(),
                    each.getActionCode(),
                    each.getState().name(),
                    each.getReason().name(),
                    each.getRuleId(),
                    method == null ? null : method.name());
            sums.merge(kind, of(kind, each), AggregateRow::plus);
        }
        return sums.values().stream()
                .sorted(Comparator.comparing(AggregateRow::start)
                        .thenComparing(AggregateRow::actionCode)
                        .thenComparing(AggregateRow::state)
                        .thenComparing(AggregateRow::reason))
                .toList();
    }

    private static AggregateRow of(Kind kind, OutcomeAggregate read) {
        return new AggregateRow(
                Json.time(kind.start()),
                kind.actionCode(),
                kind.state(),
                kind.reason(),
                kind.ruleId(),
                kind.method(),
                read.getCount(),
                Latency.of(read));
    }

    private AggregateRow plus(AggregateRow other) {
        return new AggregateRow(
                start,
                actionCode,
                state,
                reason,
                ruleId,
                verificationMethod,
                count + other.count,
                Latency.sum(latency, other.latency));
    }

    /**
     * All rows in a few figures.
     *
     * @param challengeRate challenges of decisions; absent where there was no decision
     * @param successRate met challenges of those that have ended; absent where none has
     * @param timeToComplete of challenges that were met
     */
    record Totals(
            long decisions,
            long allowed,
            long challenged,
            long reviewed,
            long blocked,
            @Nullable Double challengeRate,
            long succeeded,
            long failed,
            @Nullable Double successRate,
            long lockedOut,
            @Nullable Latency timeToComplete) {

        static Totals of(List<AggregateRow> rows) {
            var decisions = count(rows, "DECIDED", null);
            var challenged = count(rows, "DECIDED", "CHALLENGE_REQUIRED");
            var succeeded = count(rows, "VERIFIED", null);
            var lockedOut = count(rows, "LOCKED_OUT", null);
            var failed = lockedOut + count(rows, "ATTEMPTS_EXHAUSTED", null) + count(rows, "EXPIRED", null);
            return new Totals(
                    decisions,
                    count(rows, "DECIDED", "ALLOW"),
                    challenged,
                    count(rows, "DECIDED", "REVIEW_REQUIRED"),
                    count(rows, "DECIDED", "BLOCK"),
                    rate(challenged, decisions),
                    succeeded,
                    failed,
                    rate(succeeded, succeeded + failed),
                    lockedOut,
                    latency(rows));
        }

        private static @Nullable Latency latency(List<AggregateRow> rows) {
            Latency sum = null;
            for (var row : rows) {
                if (row.reason().equals("VERIFIED")) sum = Latency.sum(sum, row.latency());
            }
            return sum;
        }

        private static long count(List<AggregateRow> rows, String reason, @Nullable String state) {
            return rows.stream()
                    .filter(row -> row.reason().equals(reason))
                    .filter(row -> state == null || row.state().equals(state))
                    .mapToLong(AggregateRow::count)
                    .sum();
        }

        private static @Nullable Double rate(long part, long whole) {
            return whole == 0 ? null : (double) part / whole;
        }
    }
}
