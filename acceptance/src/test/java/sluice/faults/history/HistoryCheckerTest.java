package sluice.faults.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.faults.history.Call.Answer;
import sluice.faults.history.Call.Kind;
import sluice.faults.history.Log.Decided;
import sluice.faults.history.Log.Transition;
import sluice.faults.history.Log.Verified;
import sluice.faults.history.Violation.Promise;

/** A sound history breaks nothing; each violation that is planted in it is found, under its promise's name. */
class HistoryCheckerTest {
    private static final Action SIGN_IN = new Action("ada", "signIn", "key-1");
    private static final Action PAY = new Action("ada", "pay", "key-2");
    private static final String OPEN = "CHALLENGE_REQUIRED";
    private static final String SUCCEEDED = "CHALLENGE_SUCCEEDED";

    private final List<Call> history = new ArrayList<>(List.of(
            call(Kind.TRACK, SIGN_IN, 0, 200, OPEN, false),
            code(SIGN_IN, "000000", false, 10, 200, false),
            code(SIGN_IN, "123456", true, 20, 200, true),
            call(Kind.VALIDATE, SIGN_IN, 30, 200, SUCCEEDED, true),
            call(Kind.READ, SIGN_IN, 40, 200, SUCCEEDED, false),
            call(Kind.TRACK, PAY, 50, 200, OPEN, false),
            code(PAY, "123456", true, 60, 200, false),
            call(Kind.READ, PAY, 70, 200, OPEN, false)));
    private final List<Decided> decisions =
            new ArrayList<>(List.of(new Decided("d1", SIGN_IN, OPEN), new Decided("d2", PAY, OPEN)));
    private final List<Verified> verifications =
            new ArrayList<>(List.of(new Verified("v1", SIGN_IN, true), new Verified("v2", PAY, false)));
    private final List<Transition> transitions = new ArrayList<>(List.of(
            new Transition("t1", SIGN_IN, Optional.empty(), OPEN),
            new Transition("t2", SIGN_IN, Optional.of(OPEN), SUCCEEDED),
            new Transition("t3", PAY, Optional.empty(), OPEN)));
    private long compared = 2;
    private long deviating;

    private static Call call(Kind kind, Action action, long at, int status, String state, boolean isGood) {
        var answer = new Answer(status, Optional.of(state).filter(text -> !text.isEmpty()), isGood);
        return new Call(kind, action, Optional.empty(), false, at, at, at + 5, Optional.of(answer));
    }

    private static Call code(Action action, String code, boolean isRight, long at, int status, boolean isGood) {
        return call(Kind.VERIFY, action, at, status, "", isGood)
                .withCode(Optional.of(code))
                .withIsRight(isRight);
    }

    private List<Promise> broken() {
        return HistoryChecker.violations(
                        history, new Log(decisions, verifications, transitions, new Log.Replay(compared, deviating)))
                .stream()
                .map(Violation::promise)
                .distinct()
                .toList();
    }

    @Test
    void givenASoundHistory_thenNothingIsBroken() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void givenWhatIsToldTwice_thenNothingIsBroken() {
        decisions.add(decisions.get(0));
        verifications.add(verifications.get(0));
        transitions.add(transitions.get(1));

        assertThat(broken()).isEmpty();
    }

    @Test
    void givenRequestsThatNobodyAnsweredOrThatWereRefused_thenNothingIsBroken() {
        history.add(call(Kind.TRACK, new Action("bob", "pay", "lost"), 0, 200, OPEN, false)
                .withAnswer(Optional.empty()));
        history.add(call(Kind.READ, SIGN_IN, 80, 503, "", false));
        history.add(code(PAY, "111111", false, 90, 429, false));

        assertThat(broken()).isEmpty();
    }

    @Test
    void givenAnAnsweredTrackThatTheLogDoesNotHave_thenP1IsBroken() {
        decisions.remove(1);
        compared = 1;

        assertThat(broken()).containsExactly(Promise.P1);
    }

    @Test
    void givenAnAnsweredTrackWithoutATransition_thenP1IsBroken() {
        transitions.remove(2);

        assertThat(broken()).containsExactly(Promise.P1);
    }

    @Test
    void givenAnAnsweredVerificationWithoutATransition_thenP1IsBroken() {
        transitions.remove(1);

        assertThat(broken()).containsExactly(Promise.P1);
    }

    @Test
    void givenTwoDecisionsOfOneAction_thenP2IsBroken() {
        decisions.add(new Decided("d3", PAY, OPEN));
        compared = 3;

        assertThat(broken()).containsExactly(Promise.P2);
    }

    @Test
    void givenTwoAnswersToOneKey_thenP2IsBroken() {
        history.add(call(Kind.TRACK, PAY, 100, 200, "ALLOW", false));

        assertThat(broken()).contains(Promise.P2);
    }

    @Test
    void givenOneTransitionInTwoForms_thenP2IsBroken() {
        transitions.add(new Transition("t3", PAY, Optional.empty(), "BLOCK"));

        assertThat(broken()).containsExactly(Promise.P2);
    }

    @Test
    void givenAReplayThatDecidesOtherwise_thenP3IsBroken() {
        deviating = 1;

        assertThat(broken()).containsExactly(Promise.P3);
    }

    @Test
    void givenAReplayThatLacksADecision_thenP3IsBroken() {
        compared = 1;

        assertThat(broken()).containsExactly(Promise.P3);
    }

    @Test
    void givenAReadThatDoesNotKnowTheAction_thenP4IsBroken() {
        history.add(call(Kind.READ, PAY, 100, 404, "", false));

        assertThat(broken()).containsExactly(Promise.P4);
    }

    @Test
    void givenAReadFromBeforeTheVerification_thenP4IsBroken() {
        history.add(call(Kind.READ, SIGN_IN, 100, 200, OPEN, false));

        assertThat(broken()).containsExactly(Promise.P4);
    }

    @Test
    void givenACodeThatWasAcceptedTwice_thenP5IsBroken() {
        history.add(code(PAY, "123456", true, 100, 200, true));
        transitions.add(new Transition("t4", PAY, Optional.of(OPEN), SUCCEEDED));

        assertThat(broken()).containsExactly(Promise.P5);
    }

    @Test
    void givenMoreAcceptedCodesOnTheLogThanWereShown_thenP5IsBroken() {
        verifications.add(new Verified("v3", PAY, true));

        assertThat(broken()).containsExactly(Promise.P5);
    }

    @Test
    void givenASuccessThatNobodyHadACodeFor_thenP6IsBroken() {
        history.removeIf(call -> call.kind() == Kind.VERIFY && call.action().equals(PAY));
        transitions.add(new Transition("t4", PAY, Optional.of(OPEN), SUCCEEDED));

        assertThat(broken()).containsExactly(Promise.P6);
    }

    @Test
    void givenAValidationOfAnOpenChallengeThatIsValid_thenP6IsBroken() {
        history.removeIf(call -> call.kind() == Kind.VERIFY && call.action().equals(PAY));
        history.add(call(Kind.VALIDATE, PAY, 100, 200, OPEN, true));

        assertThat(broken()).containsExactly(Promise.P6);
    }

    @Test
    void givenAnAnswerOfAServerThatFellOver_thenP6IsBroken() {
        history.add(call(Kind.READ, PAY, 100, 500, "", false));

        assertThat(broken()).containsExactly(Promise.P6);
    }

    @Test
    void givenATransitionOutOfAFinalState_thenP7IsBroken() {
        transitions.add(new Transition("t4", SIGN_IN, Optional.of(SUCCEEDED), "CHALLENGE_FAILED"));

        assertThat(broken()).containsExactly(Promise.P7);
    }

    @Test
    void givenTransitionsInTheWrongOrder_thenP7IsBroken() {
        var swapped = Stream.of(transitions.get(1), transitions.get(0), transitions.get(2))
                .toList();
        transitions.clear();
        transitions.addAll(swapped);

        assertThat(broken()).contains(Promise.P7);
    }
}
