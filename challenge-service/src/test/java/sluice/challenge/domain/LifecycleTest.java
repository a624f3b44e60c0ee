package sluice.challenge.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.challenge.testkit.Ada;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;

class LifecycleTest {
    private static final Optional<Asker> NOBODY = Optional.empty();

    @ParameterizedTest
    @EnumSource(
            value = ActionState.class,
            names = {"ALLOW", "BLOCK", "REVIEW_REQUIRED", "CHALLENGE_REQUIRED"})
    void givenNothing_whenAnActionIsDecided_thenItBeginsAndIsAnswered(ActionState state) {
        var step = Lifecycle.decided(Optional.empty(), Ada.decided(state), Ada.asks(Ada.TRACK));

        var action = decided(step);
        assertThat(action.state()).isEqualTo(state);
        assertThat(action.stateUpdatedAt()).isEqualTo(Ada.START);
        assertThat(step.outcomes())
                .containsExactly(
                        new Outcome.Transitioned(action.transitions().get(0)),
                        new Outcome.Answered(Ada.asks(Ada.TRACK).orElseThrow(), action, Optional.empty()));
        var transition = action.transitions().get(0);
        assertThat(transition.eventId()).isEqualTo(DerivedId.of(Ada.TRACK, "transition"));
        assertThat(transition.from()).isEmpty();
        assertThat(transition.reason()).isEqualTo(TransitionReason.DECIDED);
        assertThat(transition.latencyMillis()).isZero();
    }

    @Test
    void givenNobodyWaits_whenAnActionIsDecided_thenNobodyIsAnswered() {
        var step = Lifecycle.decided(Optional.empty(), Ada.challenged(), NOBODY);

        assertThat(step.outcomes()).hasOnlyElementsOfType(Outcome.Transitioned.class);
    }

    @ParameterizedTest
    @CsvSource({
        "VERIFIED, CHALLENGE_SUCCEEDED, VERIFIED",
        "EXHAUSTED, CHALLENGE_FAILED, ATTEMPTS_EXHAUSTED",
        "LOCKED_OUT, CHALLENGE_FAILED, LOCKED_OUT",
        "EXPIRED, CHALLENGE_FAILED, EXPIRED"
    })
    void givenAChallenge_whenItsEndComes_thenItEndsAndTheReasonSaysWhich(
            VerificationResult result, ActionState state, TransitionReason reason) {
        var step = Lifecycle.verified(challenge(), Ada.verified(2, result), Ada.asks("verify-2"));

        var action = decided(step);
        assertThat(action.state()).isEqualTo(state);
        var transition = action.transitions().get(1);
        assertThat(transition.from()).contains(ActionState.CHALLENGE_REQUIRED);
        assertThat(transition.reason()).isEqualTo(reason);
        assertThat(transition.eventId()).isEqualTo(DerivedId.of("verify-2", "transition"));
        assertThat(transition.latencyMillis()).isEqualTo(2000);
        assertThat(transition.ruleIds()).containsExactly("rule-1", "rule-2");
        assertThat(transition.configurationVersion()).isEqualTo(7);
        assertThat(step.outcomes())
                .containsExactly(
                        new Outcome.Transitioned(transition),
                        new Outcome.Answered(new Asker("verify-2", 3), action, Optional.of(Ada.verified(2, result))));
    }

    @Test
    void givenATrackedAction_whenItIsAnsweredAndUpdated_thenEachTransitionSaysWhoIsBehindIt() {
        var met = Lifecycle.verified(challenge(), Ada.verified(1, VerificationResult.VERIFIED), NOBODY)
                .after();

        var step = Lifecycle.updated(Optional.of(met), Ada.updated(2, ActionState.BLOCK, true), NOBODY);

        assertThat(decided(step).transitions())
                .extracting(transition -> transition.by().orElseThrow())
                .containsExactly(Ada.BACKEND, Ada.CLIENT, Ada.SUPPORT);
    }

    @Test
    void givenAChallenge_whenItIsMet_thenTheActionSaysHowAndByWhich() {
        var action = decided(Lifecycle.verified(challenge(), Ada.verified(3, VerificationResult.VERIFIED), NOBODY));

        assertThat(action.verificationMethod()).contains(VerificationMethod.AUTHENTICATOR_APP);
        assertThat(action.authenticatorId()).contains("authenticator-1");
        assertThat(action.attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 2", "RATE_LIMITED, 0"})
    void givenAChallenge_whenACodeIsRefused_thenItStaysOpenAndOnlyAttemptsCount(
            VerificationResult result, int attempts) {
        var step = Lifecycle.verified(challenge(), Ada.verified(2, result), Ada.asks("verify-2"));

        assertThat(decided(step).state()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(decided(step).attempts()).isEqualTo(attempts);
        assertThat(step.outcomes()).hasOnlyElementsOfType(Outcome.Answered.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionState.class,
            names = {"ALLOW", "BLOCK", "REVIEW_REQUIRED"})
    void p7_givenNoChallenge_whenACodeIsAccepted_thenNothingChangesButItIsAnswered(ActionState state) {
        // a user who is let through may still enrol an authenticator with the action's token
        var before = decided(Lifecycle.decided(Optional.empty(), Ada.decided(state), NOBODY));

        var step = Lifecycle.verified(
                Optional.of(before), Ada.verified(1, VerificationResult.VERIFIED), Ada.asks("verify-1"));

        assertThat(decided(step).transitions()).isEqualTo(before.transitions());
        assertThat(step.outcomes())
                .hasOnlyElementsOfType(Outcome.Answered.class)
                .hasSize(1);
    }

    @Test
    void p7_givenAFailedChallenge_whenARightCodeComesLate_thenItStaysFailed() {
        var failed = Lifecycle.verified(challenge(), Ada.verified(1, VerificationResult.EXPIRED), NOBODY)
                .after();

        var step = Lifecycle.verified(Optional.of(failed), Ada.verified(2, VerificationResult.VERIFIED), NOBODY);

        assertThat(decided(step).transitions()).isEqualTo(((Action.Decided) failed).transitions());
        assertThat(step.outcomes()).isEmpty();
    }

    @Test
    void p2_givenAnAppliedVerification_whenItComesAgain_thenItIsToldAgainAndChangesNothing() {
        var verification = Ada.verified(1, VerificationResult.VERIFIED);
        var first = Lifecycle.verified(challenge(), verification, Ada.asks("verify-1"));

        var again = Lifecycle.verified(Optional.of(first.after()), verification, Ada.asks("verify-1"));

        assertThat(again).isEqualTo(first);
    }

    @Test
    void p2_givenADecidedAction_whenItsDecisionComesAgain_thenTheSameTransitionIsToldWithTheStateAsItIsNow() {
        var met = Lifecycle.verified(challenge(), Ada.verified(1, VerificationResult.VERIFIED), NOBODY)
                .after();

        var again = Lifecycle.decided(Optional.of(met), Ada.challenged(), Ada.asks(Ada.TRACK));

        assertThat(again.after()).isEqualTo(met);
        assertThat(again.outcomes())
                .containsExactly(
                        new Outcome.Transitioned(
                                ((Action.Decided) met).transitions().get(0)),
                        new Outcome.Answered(
                                Ada.asks(Ada.TRACK).orElseThrow(), (Action.Decided) met, Optional.empty()));
    }

    @Test
    void p2_givenADecidedAction_whenTheClientTracksItAgain_thenItIsAnsweredAndNoTransitionIsToldTwice() {
        // the rules processor gives the decision again, with the first event's id as its cause
        var step = Lifecycle.decided(challenge(), Ada.challenged(), Ada.asks("track-2"));

        assertThat(step.outcomes())
                .containsExactly(new Outcome.Answered(
                        new Asker("track-2", 3), (Action.Decided) challenge().orElseThrow(), Optional.empty()));
    }

    @Test
    void p2_givenADecidedAction_whenItIsDecidedAnew_thenTheFirstDecisionStays() {
        // the rules processor forgets actions after half an hour
        var anew = Ada.decided(Ada.SIGN_IN, "track-9", Ada.START.plusSeconds(3600), ActionState.ALLOW);

        var step = Lifecycle.decided(challenge(), anew, Ada.asks("track-9"));

        assertThat(step.after()).isEqualTo(challenge().orElseThrow());
        assertThat(step.outcomes())
                .containsExactly(new Outcome.Answered(
                        new Asker("track-9", 3), (Action.Decided) challenge().orElseThrow(), Optional.empty()));
    }

    @Test
    void givenNoDecisionYet_whenVerificationsCome_thenTheyWaitForItInOrderAndAreAnsweredThen() {
        var refused = Ada.verified(1, VerificationResult.REFUSED);
        var right = Ada.verified(2, VerificationResult.VERIFIED);
        var one = Lifecycle.verified(Optional.empty(), refused, Ada.asks("verify-1"));
        var two = Lifecycle.verified(Optional.of(one.after()), right, NOBODY);

        var step = Lifecycle.decided(Optional.of(two.after()), Ada.challenged(), NOBODY);

        assertThat(one.outcomes()).isEmpty();
        assertThat(two.outcomes()).isEmpty();
        var action = decided(step);
        assertThat(action.state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        var tried = new Action.Decided(
                Ada.challenged(), 1, action.transitions().subList(0, 1), List.of(), Optional.empty());
        assertThat(step.outcomes())
                .containsExactly(
                        new Outcome.Transitioned(action.transitions().get(0)),
                        new Outcome.Answered(new Asker("verify-1", 3), tried, Optional.of(refused)),
                        new Outcome.Transitioned(action.transitions().get(1)));
    }

    @Test
    void givenAWaitingVerification_whenItComesAgain_thenItWaitsOnce() {
        var refused = Ada.verified(1, VerificationResult.REFUSED);
        var once = Lifecycle.verified(Optional.empty(), refused, Ada.asks("verify-1"));

        var twice = Lifecycle.verified(Optional.of(once.after()), refused, Ada.asks("verify-1"));

        assertThat(twice).isEqualTo(once);
    }

    @Test
    void givenAFloodBeforeTheDecision_whenTheLimitIsReached_thenWhatEndsTheChallengeIsNotCrowdedOut() {
        var verifications = new ArrayList<Verification>();
        verifications.add(Ada.verified(1, VerificationResult.EXHAUSTED));
        for (var i = 2; i < 100; i++) verifications.add(Ada.verified(i, VerificationResult.RATE_LIMITED));
        Optional<Action> action = Optional.empty();
        for (var each : verifications) {
            action = Optional.of(Lifecycle.verified(action, each, NOBODY).after());
        }

        assertThat(((Action.Awaiting) action.orElseThrow()).waiting()).hasSize(Action.Awaiting.WAITING_MAX);
        assertThat(decided(Lifecycle.decided(action, Ada.challenged(), NOBODY)).state())
                .isEqualTo(ActionState.CHALLENGE_FAILED);
    }

    @Test
    void givenClocksThatDisagree_whenACodeIsOlderThanItsChallenge_thenLatencyIsNotNegative() {
        var late = Ada.decided(Ada.SIGN_IN, Ada.TRACK, Ada.START.plusSeconds(60), ActionState.CHALLENGE_REQUIRED);
        var challenge = Lifecycle.decided(Optional.empty(), late, NOBODY).after();

        var met = Lifecycle.verified(Optional.of(challenge), Ada.verified(1, VerificationResult.VERIFIED), NOBODY);

        assertThat(decided(met).transitions().get(1).latencyMillis()).isZero();
    }

    @Test
    void p6_givenAPlatformThatNamesTwoEventsAlike_whenTheCodeIsRight_thenTheChallengeStaysOpen() {
        // both transitions would have the same eventId, and consumers would drop the second
        var named = Ada.decided(Ada.SIGN_IN, "verify-1", Ada.START, ActionState.CHALLENGE_REQUIRED);
        var challenge = Lifecycle.decided(Optional.empty(), named, NOBODY).after();

        var step = Lifecycle.verified(Optional.of(challenge), Ada.verified(1, VerificationResult.VERIFIED), NOBODY);

        assertThat(step.after()).isEqualTo(challenge);
    }

    @ParameterizedTest
    @EnumSource(value = ActionState.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void givenAnyState_whenABackendSetsAnother_thenItIsThatAndTheReasonSaysSo(ActionState state) {
        var blocked = Lifecycle.updated(challenge(), Ada.updated(1, ActionState.BLOCK, true), NOBODY)
                .after();

        var step = Lifecycle.updated(Optional.of(blocked), Ada.updated(2, state, true), Ada.asks("update-2"));

        assertThat(decided(step).state()).isEqualTo(state);
        assertThat(decided(step).verificationMethod()).isEmpty();
        assertThat(step.outcomes().stream().filter(Outcome.Transitioned.class::isInstance))
                .as("the same state is no transition")
                .hasSize(state == ActionState.BLOCK ? 0 : 1);
        assertThat(step.outcomes())
                .contains(new Outcome.Answered(new Asker("update-2", 3), decided(step), Optional.empty()));
    }

    @Test
    void givenAMetChallenge_whenABackendSetsAnotherState_thenItMovesAndSaysHowItWasMet() {
        var met = Lifecycle.verified(challenge(), Ada.verified(1, VerificationResult.VERIFIED), NOBODY)
                .after();

        var step = Lifecycle.updated(
                Optional.of(met), Ada.updated(2, ActionState.REVIEW_REQUIRED, true), Ada.asks("update-2"));

        var transition = decided(step).transitions().get(2);
        assertThat(transition.from()).contains(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(transition.reason()).isEqualTo(TransitionReason.UPDATED);
        assertThat(transition.eventId()).isEqualTo(DerivedId.of("update-2", "transition"));
        assertThat(decided(step).verificationMethod()).contains(VerificationMethod.AUTHENTICATOR_APP);
    }

    @Test
    void p2_givenUpdates_whenTheyComeAgain_thenTheyAreToldAgainAndChangeNothing() {
        var updates = List.of(
                Ada.updated(1, ActionState.BLOCK, true),
                Ada.updated(2, ActionState.BLOCK, true),
                Ada.updated(3, ActionState.ALLOW, true));
        var action = challenge();
        for (var each : updates)
            action = Optional.of(Lifecycle.updated(action, each, NOBODY).after());
        var told = ((Action.Decided) action.orElseThrow()).transitions();

        for (var each : updates) {
            var again = Lifecycle.updated(action, each, NOBODY);

            assertThat(again.after()).isEqualTo(action.orElseThrow());
            assertThat(told.stream().<Outcome>map(Outcome.Transitioned::new).toList())
                    .containsAll(transitions(again));
        }
    }

    /** P6: the code was for the challenge before; its redelivery must not meet the one that the backend has opened. */
    @ParameterizedTest
    @EnumSource(
            value = VerificationResult.class,
            names = {"VERIFIED", "EXHAUSTED", "LOCKED_OUT", "EXPIRED"})
    void p6_givenAChallengeThatABackendOpened_whenAnEarlierCodeComesAgain_thenItStaysOpen(VerificationResult result) {
        var allowed = Lifecycle.decided(Optional.empty(), Ada.decided(ActionState.ALLOW), NOBODY);
        var code = Ada.verified(1, result);
        var enrolled = Lifecycle.verified(Optional.of(allowed.after()), code, NOBODY);
        var opened = Lifecycle.updated(
                Optional.of(enrolled.after()), Ada.updated(2, ActionState.CHALLENGE_REQUIRED, true), NOBODY);

        var step = Lifecycle.verified(Optional.of(opened.after()), code, NOBODY);

        assertThat(step.after()).isEqualTo(opened.after());
        assertThat(decided(step).isOpen()).isTrue();
        assertThat(decided(step).expiresAt()).contains(Ada.START.plusSeconds(2).plus(Ada.LIFETIME));
    }

    @Test
    void givenAChallengeThatABackendOpened_whenANewCodeIsRight_thenItIsMet() {
        var failed = Lifecycle.verified(challenge(), Ada.verified(1, VerificationResult.EXHAUSTED), NOBODY)
                .after();
        var opened =
                Lifecycle.updated(Optional.of(failed), Ada.updated(2, ActionState.CHALLENGE_REQUIRED, true), NOBODY);

        var met = Lifecycle.verified(Optional.of(opened.after()), Ada.verified(3, VerificationResult.VERIFIED), NOBODY);

        assertThat(decided(met).state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    @Test
    void p3_givenNoDecisionYet_whenAnUpdateOfARecentActionComes_thenItWaitsForItAndIsAnsweredThen() {
        var update = Ada.updated(1, ActionState.BLOCK, true);
        var waiting = Lifecycle.updated(Optional.empty(), update, Ada.asks("update-1"));
        assertThat(waiting.outcomes()).isEmpty();

        var late = Lifecycle.decided(Optional.of(waiting.after()), Ada.challenged(), NOBODY);

        var soon = Lifecycle.updated(challenge(), update, Ada.asks("update-1"));
        assertThat(late.after()).isEqualTo(soon.after());
        assertThat(late.outcomes()).endsWith(soon.outcomes().toArray(Outcome[]::new));
    }

    /** It was told that there is no such action: that must not take effect later. */
    @Test
    void p2_givenAnUpdateThatFoundNothing_whenItComesAgainAfterTheActionWasTracked_thenItFindsNothingAgain() {
        var update = Ada.updated(0, ActionState.ALLOW, false);

        var before = Lifecycle.updated(Optional.empty(), update, Ada.asks("update-0"));
        var after = Lifecycle.updated(challenge(), update, Ada.asks("update-0"));

        assertThat(before.outcomes()).containsExactly(new Outcome.NotFound(new Asker("update-0", 3)));
        assertThat(after.outcomes()).isEqualTo(before.outcomes());
        assertThat(after.after()).isEqualTo(challenge().orElseThrow());
    }

    @Test
    void givenAnActionThatTheRulesProcessorHasForgotten_whenABackendUpdatesIt_thenItMoves() {
        var step = Lifecycle.updated(challenge(), Ada.updated(3600, ActionState.BLOCK, false), NOBODY);

        assertThat(decided(step).state()).isEqualTo(ActionState.BLOCK);
    }

    private static List<Outcome> transitions(Step step) {
        return step.outcomes().stream()
                .filter(Outcome.Transitioned.class::isInstance)
                .toList();
    }

    private static Optional<Action> challenge() {
        return Optional.of(
                Lifecycle.decided(Optional.empty(), Ada.challenged(), NOBODY).after());
    }

    private static Action.Decided decided(Step step) {
        return (Action.Decided) step.after();
    }
}
