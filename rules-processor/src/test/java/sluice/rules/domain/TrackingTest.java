package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

class TrackingTest {
    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    @Test
    void givenAnActionThatNobodyConfigured_whenTracked_thenItIsChallengedWhetherOrNotTheUserIsEnrolled() {
        var decision = story.track("signIn", "1").decision();

        assertThat(decision.state()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(decision.isEnrolled()).isFalse();
        assertThat(decision.expiresAt()).contains(story.now().plus(Acme.LIFETIME));
        assertThat(decision.allowedMethods())
                .containsExactly(VerificationMethod.AUTHENTICATOR_APP, VerificationMethod.RECOVERY_CODE);
        assertThat(decision.configurationVersion())
                .isEqualTo(acme.configuration().version());
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, ALLOW", "CHALLENGE, CHALLENGE_REQUIRED", "REVIEW, REVIEW_REQUIRED", "BLOCK, BLOCK"})
    void givenADefaultOutcome_whenTracked_thenTheStateIsItsOwn(ActionOutcome outcome, ActionState state) {
        acme.outcome("signIn", outcome);

        var decision = story.track("signIn", "1").decision();

        assertThat(decision.state()).isEqualTo(state);
        assertThat(decision.expiresAt().isPresent()).isEqualTo(state == ActionState.CHALLENGE_REQUIRED);
    }

    /** P2: the retry of a call that was applied. */
    @Test
    void givenATrackedAction_whenItsKeyComesAgain_thenTheDecisionIsTheSameThoughTheConfigurationChanged() {
        var first = story.track("signIn", "1");
        acme.outcome("signIn", ActionOutcome.BLOCK);

        var again = story.track("signIn", "1");

        assertThat(again).isEqualTo(first);
        assertThat(story.user().recentActions()).hasSize(1);
    }

    @Test
    void givenTheSameKey_whenTheActionCodeIsAnother_thenItIsAnotherAction() {
        var first = story.track("signIn", "1").decision();

        assertThat(story.track("pay", "1").decision().eventId()).isNotEqualTo(first.eventId());
        assertThat(story.user().recentActions()).hasSize(2);
    }

    @Test
    void givenAnEnrolledUser_whenTracked_thenTheDecisionSaysSo() {
        var decision = story.enrolled().track("signIn", "1").decision();

        assertThat(decision.isEnrolled()).isTrue();
        assertThat(decision.enrolledMethods()).containsExactly(VerificationMethod.AUTHENTICATOR_APP);
        assertThat(decision.defaultMethod()).contains(VerificationMethod.AUTHENTICATOR_APP);
    }

    @Test
    void givenMoreActionsThanAreRemembered_whenTracked_thenTheOpenChallengeOutlivesTheFinishedOnes() {
        acme.outcome("browse", ActionOutcome.ALLOW);
        story.enrolled().track("signIn", "open");
        for (var i = 0; i < 2 * User.RECENT_ACTIONS_MAX; i++) story.track("browse", String.valueOf(i));

        assertThat(story.user().recentActions()).hasSize(User.RECENT_ACTIONS_MAX);
        assertThat(story.verify("signIn", "open", 0).authenticator()).isPresent();
    }

    @Test
    void givenWhatTheBackendTells_whenMoreIsToldLater_thenWhatIsNotToldStays() {
        tell(Profile.tracked(Optional.of("ada@example.com"), Optional.empty(), Optional.of("ada")));
        tell(Profile.tracked(Optional.empty(), Optional.of("1234567890"), Optional.of("lovelace")));

        assertThat(story.user().profile())
                .isEqualTo(Profile.tracked(
                        Optional.of("ada@example.com"), Optional.of("1234567890"), Optional.of("lovelace")));
    }

    private void tell(Profile profile) {
        var cause = story.cause();
        story.tell(new Event.Track(cause, new ActionKey("signIn", cause.eventId()), profile));
    }

    @Test
    void givenATenantThatDoesNotExist_whenTracked_thenItIsRefused() {
        var cause = new Cause("event", "nobody", Story.USER, Story.START, Optional.empty());
        var event = new Event.Track(cause, new ActionKey("signIn", "1"), Profile.UNKNOWN);

        assertThatThrownBy(() -> story.tell(event)).isInstanceOf(NoSuchTenantException.class);
    }
}
