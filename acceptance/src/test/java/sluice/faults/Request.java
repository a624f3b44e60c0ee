package sluice.faults;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import sluice.faults.history.Call;

/**
 * What a client wanted, with all of its repetitions.
 *
 * @param since when it was first sent
 * @param last the repetition that ended it
 */
record Request(long since, Call last) {
    /** What clients wait for an answer, repetitions included. */
    static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final int FAULTS = 500;

    private record Key(Call.Kind kind, Object action, Object code, long since) {}

    /** The requests of a history. */
    static List<Request> of(List<Call> history) {
        return history.stream()
                .collect(groupingBy(call -> new Key(call.kind(), call.action(), call.code(), call.wantedSince())))
                .values()
                .stream()
                .map(Request::ofOne)
                .toList();
    }

    private static Request ofOne(List<Call> repetitions) {
        var last =
                repetitions.stream().max(Comparator.comparingLong(Call::ended)).orElseThrow();
        return new Request(last.wantedSince(), last);
    }

    /** Whether it had no answer within the deadline; a refusal of what was wrong or too much is one. */
    boolean hasFailed() {
        var isAnswered =
                last.answer().filter(answer -> answer.status() < FAULTS).isPresent();
        return !isAnswered || last.ended() - since > DEADLINE.toNanos();
    }

    /** Whether it waited while a fault lasted. */
    boolean isDuring(Fault fault) {
        return since < fault.healed() && last.ended() > fault.begun();
    }
}
