package sluice.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import sluice.faults.history.Call;
import sluice.faults.history.Log;
import sluice.faults.history.Violation;

/**
 * What a run gave.
 *
 * @param load processes that wanted a processor when it began, a minute's average; negative: not known
 */
record Run(
        long seed,
        double load,
        Duration lasted,
        List<Fault> faults,
        List<Call> history,
        Log log,
        List<Violation> violations) {
    /** What needs the owner to decide; the others are looked up. */
    private static final Set<Call.Kind> DECIDED = Set.of(Call.Kind.TRACK, Call.Kind.ENROLL, Call.Kind.VERIFY);

    /** What was wanted in this time after harm began may have waited for it. */
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    Run {
        faults = List.copyOf(faults);
        history = List.copyOf(history);
        violations = List.copyOf(violations);
    }

    boolean isGood() {
        return violations.isEmpty() && failedOfUpgrades() == 0;
    }

    /** An upgrade is what an operator does by choice: no request may fail of it. */
    long failedOfUpgrades() {
        return faults.stream()
                .filter(fault -> fault.kind().equals(Harms.UPGRADE))
                .mapToLong(this::failed)
                .sum();
    }

    /** Requests that had no answer in time while a fault lasted. */
    long failed(Fault fault) {
        return Request.of(history).stream()
                .filter(each -> each.hasFailed() && each.isDuring(fault))
                .count();
    }

    /** Seconds that any decision took to be acknowledged, repeated or not, of those that the fault may have held up. */
    double longestDecision(Fault fault) {
        return longestWait(fault, true);
    }

    /** Likewise of what was looked up. */
    double longestLookUp(Fault fault) {
        return longestWait(fault, false);
    }

    private double longestWait(Fault fault, boolean isDecided) {
        return history.stream()
                        .filter(call -> call.isAcknowledged() && DECIDED.contains(call.kind()) == isDecided)
                        .filter(call -> call.ended() > fault.begun()
                                && call.wantedSince() < fault.begun() + AFTERMATH.toNanos())
                        .mapToLong(call -> call.ended() - Math.max(fault.begun(), call.wantedSince()))
                        .max()
                        .orElse(0)
                / 1e9;
    }

    long acknowledged() {
        return history.stream().filter(Call::isAcknowledged).count();
    }

    long unanswered() {
        return history.stream().filter(call -> call.answer().isEmpty()).count();
    }

    long refused() {
        return history.size() - acknowledged() - unanswered();
    }

    long actions() {
        return history.stream().map(Call::action).distinct().count();
    }

    long broken(Violation.Promise promise) {
        return violations.stream().filter(each -> each.promise() == promise).count();
    }

    /** Records that came more than once on the outcome topics. */
    long repeated() {
        return repeated(log.decisions().stream().map(Log.Decided::eventId).toList())
                + repeated(
                        log.verifications().stream().map(Log.Verified::eventId).toList())
                + repeated(
                        log.transitions().stream().map(Log.Transition::eventId).toList());
    }

    private static long repeated(List<String> ids) {
        return ids.size() - ids.stream().distinct().count();
    }
}
