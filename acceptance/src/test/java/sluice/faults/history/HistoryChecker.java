package sluice.faults.history;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import sluice.faults.history.Call.Kind;
import sluice.faults.history.Log.Decided;
import sluice.faults.history.Log.Transition;
import sluice.faults.history.Log.Verified;
import sluice.faults.history.Violation.Promise;

/** Finds what in a history breaks a promise. A pure function, so that planted violations can show that it does. */
public final class HistoryChecker {
    private static final String OPEN = "CHALLENGE_REQUIRED";
    private static final String SUCCEEDED = "CHALLENGE_SUCCEEDED";
    private static final Set<String> AFTER_OPEN = Set.of(SUCCEEDED, "CHALLENGE_FAILED");
    private static final Set<String> FIRST = Set.of("ALLOW", "BLOCK", "REVIEW_REQUIRED", OPEN);

    /** Answers that say: not now, or not so. Anything else is a fault of ours. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 404, 429, 503);

    private final Log log;
    private final Map<Action, List<Call>> calls;
    private final Map<Action, List<Transition>> transitions;
    private final List<Violation> violations = new ArrayList<>();

    private HistoryChecker(List<Call> history, Log log) {
        this.log = log;
        this.calls = history.stream().collect(groupingBy(Call::action, LinkedHashMap::new, toList()));
        this.transitions = onceEach(log.transitions()).stream().collect(groupingBy(Transition::action));
    }

    /** What breaks a promise; empty: all are kept. */
    public static List<Violation> violations(List<Call> history, Log log) {
        var checker = new HistoryChecker(history, log);
        checker.check();
        return checker.violations;
    }

    private void check() {
        decisionsAreOne();
        transitionsAreOne();
        replayDecidesAlike();
        calls.forEach((action, ofAction) -> {
            trackIsKept(action, ofAction);
            verificationIsKept(action, ofAction);
            readsSeeWrites(ofAction);
            successIsEarned(action, ofAction);
            ofAction.forEach(this::answerIsSound);
        });
        transitions.forEach(this::orderIsKept);
        codesCountOnce();
    }

    private void broken(Promise promise, String what) {
        violations.add(new Violation(promise, what));
    }

    private void trackIsKept(Action action, List<Call> ofAction) {
        var told = states(ofAction, Kind.TRACK);
        if (told.size() > 1) broken(Promise.P2, action + " was answered as " + told);
        for (var state : told) {
            if (log.decisions().stream().noneMatch(each -> each.action().equals(action))) {
                broken(Promise.P1, action + " was answered and has no decision");
            } else if (log.decisions().stream()
                    .noneMatch(
                            each -> each.action().equals(action) && each.state().equals(state))) {
                broken(Promise.P1, action + " was answered as " + state + " and is decided otherwise");
            }
            if (first(action).filter(state::equals).isEmpty()) {
                broken(Promise.P1, action + " was answered as " + state + " and has no such transition");
            }
        }
    }

    private Optional<String> first(Action action) {
        return transitionsOf(action).stream().findFirst().map(Transition::to);
    }

    private List<Transition> transitionsOf(Action action) {
        return transitions.getOrDefault(action, List.of());
    }

    private static Set<String> states(List<Call> ofAction, Kind kind) {
        return ofAction.stream()
                .filter(call -> call.kind() == kind)
                .flatMap(call -> call.state().stream())
                .collect(toSet());
    }

    private void verificationIsKept(Action action, List<Call> ofAction) {
        if (ofAction.stream().noneMatch(Call::hasVerified)) return;
        if (transitionsOf(action).stream().noneMatch(each -> each.to().equals(SUCCEEDED))) {
            broken(Promise.P1, action + " was verified and has no transition to success");
        }
    }

    private void readsSeeWrites(List<Call> ofAction) {
        for (var read : ofAction) {
            if (read.kind() != Kind.READ && read.kind() != Kind.VALIDATE) continue;
            if (read.answer().isEmpty() || !isAnswerOfTheAction(read)) continue;
            for (var earlier : ofAction) {
                if (earlier.isBefore(read) && !isSeen(earlier, read)) {
                    broken(Promise.P4, read.action() + ": " + read.answer() + " after " + earlier.answer());
                }
            }
        }
    }

    /** A refusal for want of a dependency says nothing of the action; that it is not there does. */
    private static boolean isAnswerOfTheAction(Call read) {
        return read.isAcknowledged()
                || read.answer().filter(each -> each.status() == 404).isPresent();
    }

    private static boolean isSeen(Call earlier, Call read) {
        if (!earlier.isAcknowledged()) return true;
        if (read.state().isEmpty()) return false;
        var now = read.state().get();
        if (earlier.hasVerified()) return now.equals(SUCCEEDED);
        return earlier.state().map(before -> isReachable(before, now)).orElse(true);
    }

    private static boolean isReachable(String before, String now) {
        return before.equals(now) || (before.equals(OPEN) && AFTER_OPEN.contains(now));
    }

    /** P6: nothing succeeds that nobody has shown a right code for. */
    private void successIsEarned(Action action, List<Call> ofAction) {
        var sent = ofAction.stream()
                .filter(call -> call.kind() == Kind.VERIFY && call.isRight())
                .toList();
        for (var call : ofAction) {
            if (tellsOfSuccess(call) && sent.stream().noneMatch(right -> right.begun() < call.ended())) {
                broken(Promise.P6, action + " succeeded without a right code: " + call.answer());
            }
        }
        if (sent.isEmpty()
                && transitionsOf(action).stream().anyMatch(each -> each.to().equals(SUCCEEDED))) {
            broken(Promise.P6, action + " has a transition to success without a right code");
        }
    }

    private static boolean tellsOfSuccess(Call call) {
        var isAllowed = call.state().filter("ALLOW"::equals).isPresent();
        var isValid = call.kind() == Kind.VALIDATE
                && call.isAcknowledged()
                && call.answer().filter(Call.Answer::isGood).isPresent();
        return call.hasVerified()
                || (isValid && !isAllowed)
                || call.state().filter(SUCCEEDED::equals).isPresent();
    }

    private void answerIsSound(Call call) {
        var status = call.answer().map(Call.Answer::status).orElse(503);
        if (!call.isAcknowledged() && !REFUSALS.contains(status)) {
            broken(Promise.P6, call.action() + ": " + call.kind() + " was answered with " + status);
        }
    }

    private void decisionsAreOne() {
        var ids = new HashMap<Action, Decided>();
        for (var each : log.decisions()) {
            var before = ids.putIfAbsent(each.action(), each);
            if (before != null && !before.equals(each)) {
                broken(Promise.P2, each.action() + " is decided twice: " + before + ", " + each);
            }
        }
    }

    private void transitionsAreOne() {
        var byId = log.transitions().stream().collect(groupingBy(Transition::eventId, toSet()));
        byId.forEach((id, different) -> {
            if (different.size() > 1) broken(Promise.P2, "one transition in two forms: " + different);
        });
        transitions.forEach((action, ofAction) -> ofAction.stream()
                .collect(groupingBy(Transition::to, counting()))
                .forEach((to, times) -> {
                    if (times > 1) broken(Promise.P2, action + " went to " + to + " " + times + " times");
                }));
    }

    private void replayDecidesAlike() {
        var replay = log.replay();
        var decided = onceEach(log.decisions(), Decided::eventId).size();
        if (replay.deviating() > 0) broken(Promise.P3, replay.deviating() + " decisions are others in a replay");
        if (replay.compared() != decided) {
            broken(Promise.P3, "a replay has " + replay.compared() + " of " + decided + " decisions");
        }
    }

    /** P7: each transition starts where the one before it ended, and nothing follows what is final. */
    private void orderIsKept(Action action, List<Transition> inOrder) {
        Optional<String> state = Optional.empty();
        for (var each : inOrder) {
            var isLegal = state.map(before -> before.equals(OPEN) && AFTER_OPEN.contains(each.to()))
                    .orElseGet(() -> FIRST.contains(each.to()));
            if (!each.from().equals(state) || !isLegal) {
                broken(Promise.P7, action + " went from " + state.orElse("nothing") + " by " + each);
            }
            state = Optional.of(each.to());
        }
    }

    private void codesCountOnce() {
        calls.values().stream()
                .flatMap(List::stream)
                .filter(Call::hasVerified)
                .collect(groupingBy(
                        call -> call.action().userId() + " " + call.code().orElse("?"), counting()))
                .forEach((code, times) -> {
                    if (times > 1)
                        broken(Promise.P5, "a code of " + code.split(" ", 2)[0] + " was accepted " + times + " times");
                });
        acceptedByLog().forEach((userId, accepted) -> {
            var shown = rightCodes(userId);
            if (accepted > shown) {
                broken(Promise.P5, userId + " has " + accepted + " codes accepted of " + shown + " shown");
            }
        });
    }

    private Map<String, Long> acceptedByLog() {
        return onceEach(log.verifications(), Verified::eventId).stream()
                .filter(Verified::isVerified)
                .collect(groupingBy(each -> each.action().userId(), counting()));
    }

    private long rightCodes(String userId) {
        return calls.values().stream()
                .flatMap(List::stream)
                .filter(call -> call.kind() == Kind.VERIFY
                        && call.isRight()
                        && call.action().userId().equals(userId))
                .map(Call::code)
                .distinct()
                .count();
    }

    private static List<Transition> onceEach(List<Transition> all) {
        return onceEach(all, Transition::eventId);
    }

    private static <T> List<T> onceEach(List<T> all, Function<T, String> id) {
        var first = new LinkedHashMap<String, T>();
        all.forEach(each -> first.putIfAbsent(id.apply(each), each));
        return List.copyOf(first.values());
    }
}
