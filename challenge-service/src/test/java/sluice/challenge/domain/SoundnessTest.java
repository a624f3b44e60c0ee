package sluice.challenge.domain;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.challenge.testkit.Ada;
import sluice.schemas.ActionState;
import sluice.schemas.TransitionReason;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** P6: what would turn an unanswered challenge into success can't even be made. */
class SoundnessTest {
    @ParameterizedTest
    @EnumSource(
            value = ActionState.class,
            names = {"CHALLENGE_SUCCEEDED", "CHALLENGE_FAILED", "REVIEW_SUCCEEDED", "REVIEW_FAILED", "UNKNOWN"})
    void givenADecision_whenItWouldEndWhatItBegins_thenItIsRefused(ActionState state) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ada.decided(state));
    }

    @Test
    void givenAnAcceptedCode_whenNoAuthenticatorHasIt_thenItIsRefused() {
        var sound = Ada.verified(1, VerificationResult.VERIFIED);

        assertThatIllegalArgumentException().isThrownBy(() -> with(sound, sound.method(), Optional.empty()));
    }

    @Test
    void givenAnAcceptedCode_whenItsMethodIsNotKnown_thenItIsRefused() {
        var sound = Ada.verified(1, VerificationResult.VERIFIED);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(sound, VerificationMethod.UNKNOWN, sound.authenticator()));
    }

    @ParameterizedTest
    @EnumSource(value = TransitionReason.class, mode = EnumSource.Mode.EXCLUDE, names = "UPDATED")
    void givenASuccess_whenNoAuthenticatorMetTheChallenge_thenItIsRefused(TransitionReason reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transition(
                        Optional.of(ActionState.CHALLENGE_REQUIRED), ActionState.CHALLENGE_SUCCEEDED, reason));
    }

    @ParameterizedTest
    @EnumSource(value = ActionState.class, mode = EnumSource.Mode.EXCLUDE, names = "CHALLENGE_REQUIRED")
    void p7_givenATransition_whenItDoesNotBeginWithAChallenge_thenItDoesNotExist(ActionState from) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> transition(Optional.of(from), ActionState.CHALLENGE_FAILED, TransitionReason.EXPIRED));
    }

    @Test
    void p7_givenAnAction_whenItsTransitionsDoNotFollowEachOther_thenItIsRefused() {
        var began = Action.Decided.first(Ada.challenged()).transitions().get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Action.Decided(Ada.challenged(), 0, List.of(began, began), List.of(), Optional.empty()));
    }

    @Test
    void givenAnUpdate_whenItWouldBeginAnActionOrLeadNowhere_thenItIsRefused() {
        var blocked = Optional.of(ActionState.BLOCK);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> transition(Optional.empty(), ActionState.BLOCK, TransitionReason.UPDATED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transition(blocked, ActionState.BLOCK, TransitionReason.UPDATED));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transition(blocked, ActionState.UNKNOWN, TransitionReason.UPDATED));
    }

    private static Verification with(
            Verification sound, VerificationMethod method, Optional<Authenticator> authenticator) {
        return new Verification(
                sound.eventId(),
                sound.causeId(),
                sound.action(),
                sound.verifiedAt(),
                sound.result(),
                sound.refusal(),
                method,
                sound.attempt(),
                authenticator,
                sound.enrolled(),
                sound.retryAt(),
                sound.by());
    }

    private static Transition transition(Optional<ActionState> from, ActionState to, TransitionReason reason) {
        return new Transition(
                "event",
                "cause",
                Ada.SIGN_IN,
                from,
                to,
                Ada.START,
                reason,
                List.of(),
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
