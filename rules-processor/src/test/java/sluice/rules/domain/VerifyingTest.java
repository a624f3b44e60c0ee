package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationResult;

class VerifyingTest {
    private final Acme acme = new Acme();
    private final Story story = new Story(acme).enrolled();

    @Test
    void givenAChallenge_whenTheCodeIsRight_thenItSucceedsAndTheStepIsBurnt() {
        story.track("signIn", "1");

        var verified = story.verify("signIn", "1", 0);

        assertThat(verified.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verified.enrolled()).isFalse();
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(verified.authenticator().orElseThrow().lastVerifiedAt()).contains(story.now());
    }

    /** S1, P5. */
    @Test
    void givenAnAcceptedCode_whenItComesAgainForAnyAction_thenItIsAReplay() {
        story.track("signIn", "1");
        story.track("pay", "2");
        story.verify("signIn", "1", 0);

        assertThat(story.verify("signIn", "1", 0).refusal()).contains(RefusalCause.REPLAYED_CODE);
        assertThat(story.verify("pay", "2", 0).refusal()).contains(RefusalCause.REPLAYED_CODE);
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(stateOf("pay", "2")).isEqualTo(ActionState.CHALLENGE_REQUIRED);
    }

    /** S17: the attempt that uses up the challenge, or locks out, says what it was too. */
    @Test
    void s17_givenACodeThatWasAccepted_whenItComesAsTheLastAttempt_thenItIsToldAsAReplay() {
        story.track("signIn", "1");
        story.track("pay", "2");
        story.verify("signIn", "1", 0);
        for (var attempt = 1; attempt < Acme.ATTEMPTS_MAX; attempt++) story.verify("pay", "2", story.wrongCode());

        var exhausted = story.verify("pay", "2", 0);
        var after = story.verify("pay", "2", 0);

        assertThat(exhausted.result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(exhausted.refusal()).contains(RefusalCause.REPLAYED_CODE);
        assertThat(after.refusal()).as("not looked at").isEmpty();
    }

    /** S2: the step counter only moves forward. */
    @Test
    void givenANewerStepWasAccepted_whenAnOlderOneComes_thenItIsRefused() {
        story.track("signIn", "1");
        story.track("pay", "2");
        story.verify("signIn", "1", 1);

        assertThat(story.verify("pay", "2", 0).refusal()).contains(RefusalCause.REPLAYED_CODE);
    }

    @Test
    void givenFiveWrongCodes_whenTheRightOneComes_thenTheChallengeStaysFailed() {
        story.track("signIn", "1");
        for (var attempt = 1; attempt < Acme.ATTEMPTS_MAX; attempt++) {
            var refused = story.verify("signIn", "1", story.wrongCode());
            assertThat(refused.result()).isEqualTo(VerificationResult.REFUSED);
            assertThat(refused.attempt()).isEqualTo(attempt);
        }
        assertThat(story.verify("signIn", "1", story.wrongCode()).result()).isEqualTo(VerificationResult.EXHAUSTED);

        assertThat(story.verify("signIn", "1", 0).result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_FAILED);
        story.track("signIn", "2");
        assertThat(story.verify("signIn", "2", 0).result())
                .as("the code was not looked at, so it is not burnt")
                .isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenTenAttemptsInFiveMinutes_whenTheRightCodeComes_thenItIsNotLookedAtAndNothingChanges() {
        for (var i = 0; i < Throttle.ATTEMPTS_MAX; i++) {
            story.track("signIn", "key-" + i);
            story.verify("signIn", "key-" + i, story.wrongCode());
        }
        story.track("signIn", "last");
        var before = story.user();

        var limited = story.verify("signIn", "last", 0);

        assertThat(limited.result()).isEqualTo(VerificationResult.RATE_LIMITED);
        assertThat(limited.retryAt()).isPresent();
        assertThat(story.user())
                .usingRecursiveComparison()
                .ignoringFields("answers")
                .isEqualTo(before);
        story.after(Throttle.ATTEMPTS_WINDOW);
        assertThat(story.verify("signIn", "last", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** S4, S5: through as many challenges as it takes. */
    @Test
    void givenTwentyFailuresInARow_whenTheRightCodeComes_thenTheUserIsLockedOutForAWhile() {
        fail(Throttle.FAILURES_PER_LOCK);
        story.track("signIn", "locked");

        var locked = story.verify("signIn", "locked", 0);

        assertThat(locked.result()).isEqualTo(VerificationResult.LOCKED_OUT);
        assertThat(stateOf("signIn", "locked")).isEqualTo(ActionState.CHALLENGE_FAILED);
        story.after(Throttle.FIRST_LOCK).track("signIn", "free");
        assertThat(story.verify("signIn", "free", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenEightyFailuresOfStrangers_whenTheirRightCodeComesAYearLater_thenItDoesNotCount() {
        fail(Throttle.STRANGERS_FAILURES_MAX);
        story.after(Duration.ofDays(365)).track("signIn", "1");

        assertThat(story.verify("signIn", "1", 0).result()).isEqualTo(VerificationResult.LOCKED_OUT);
    }

    @Test
    void givenAChallengeWhoseTimeIsOver_whenTheRightCodeComes_thenItHasFailed() {
        story.track("signIn", "1");
        story.after(Acme.LIFETIME);

        assertThat(story.verify("signIn", "1", 0).result()).isEqualTo(VerificationResult.EXPIRED);
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_FAILED);
    }

    @Test
    void givenAChallenge_whenItsExpiryComesEarly_thenNothingHappensAndLaterItFails() {
        story.track("signIn", "1");
        assertThat(story.after(Acme.LIFETIME.minusMillis(1)).expire("signIn", "1"))
                .isEmpty();

        var outcomes = story.after(Duration.ofMillis(1)).expire("signIn", "1");

        assertThat(((Outcome.Verified) outcomes.get(0)).result()).isEqualTo(VerificationResult.EXPIRED);
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_FAILED);
    }

    @Test
    void givenAMetChallenge_whenItsExpiryComes_thenItStaysMet() {
        story.track("signIn", "1");
        story.verify("signIn", "1", 0);

        assertThat(story.after(Acme.LIFETIME).expire("signIn", "1")).isEmpty();
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCK", "REVIEW"})
    void givenAnActionThatNoCodeOpens_whenTheRightCodeComes_thenItIsRefusedAndNotBurnt(ActionOutcome outcome) {
        acme.outcome("pay", outcome);
        story.track("pay", "1");
        story.track("signIn", "2");

        assertThat(story.verify("pay", "1", 0).refusal()).contains(RefusalCause.CHALLENGE_FINISHED);
        assertThat(story.verify("signIn", "2", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAnActionThatAllowsOtherMethodsOnly_whenTheRightCodeComes_thenItIsRefused() {
        acme.methods("pay", "PASSKEY");
        story.track("pay", "1");

        assertThat(story.verify("pay", "1", 0).refusal()).contains(RefusalCause.METHOD_NOT_ALLOWED);
    }

    /** S19: for tokens in flight too. */
    @Test
    void givenAnOpenChallenge_whenTheMethodIsDeactivated_thenTheRightCodeDoesNotCount() {
        story.track("signIn", "1");
        acme.app(false);

        assertThat(story.verify("signIn", "1", 0).refusal()).contains(RefusalCause.METHOD_NOT_ALLOWED);
    }

    @Test
    void givenAnActionThatNobodyTracked_whenACodeComes_thenItIsRefused() {
        assertThat(story.verify("signIn", "never", 0).refusal()).contains(RefusalCause.UNKNOWN_CHALLENGE);
    }

    @Test
    void givenACodeThatIsNoCode_whenItComes_thenItIsAnAttemptLikeAnyOther() {
        story.track("signIn", "1");

        assertThat(story.verify("signIn", "1", "' or 1=1 --").attempt()).isEqualTo(1);
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            var key = "failing-" + i;
            story.after(Duration.ofHours(3)).track("signIn", key);
            assertThat(story.verify("signIn", key, story.wrongCode()).result())
                    .isNotEqualTo(VerificationResult.RATE_LIMITED);
        }
    }

    private ActionState stateOf(String actionCode, String idempotencyKey) {
        return story.user()
                .recentAction(new ActionKey(actionCode, idempotencyKey))
                .orElseThrow()
                .state();
    }
}
