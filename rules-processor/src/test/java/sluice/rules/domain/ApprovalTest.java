package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.RefusalCause;
import sluice.schemas.VerificationResult;

/** A tenant that is asked before a challenge is met: no answer counts that it has not let count. */
class ApprovalTest {
    private final Acme acme = new Acme();
    private final Story story = new Story(acme).enrolled();

    @Test
    void givenATenantThatIsAsked_whenTheCodeIsRight_thenItWaitsForTheAnswerAndIsNotSpent() {
        acme.approvesVerification(true);
        story.track("signIn", "1");

        var asked = story.verify("signIn", "1", 0);

        assertThat(asked.result()).isEqualTo(VerificationResult.REFUSED);
        assertThat(asked.refusal()).contains(RefusalCause.APPROVAL_NEEDED);
        assertThat(state()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(approved().result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(approved().refusal()).as("P5: once").contains(RefusalCause.REPLAYED_CODE);
    }

    @Test
    void givenAWrongCode_whenItComes_thenNobodyIsAskedAndAnApprovalDoesNotMakeItRight() {
        acme.approvesVerification(true);
        story.track("signIn", "1");

        assertThat(story.verify("signIn", "1", story.wrongCode()).refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(story.approved("signIn", "1", story.wrongCode()).refusal()).contains(RefusalCause.WRONG_CODE);
    }

    @Test
    void givenTheLastAttemptOfTheWindow_whenItIsApproved_thenItIsNotCountedTwice() {
        acme.approvesVerification(true);
        for (var attempt = 0; attempt < Throttle.ATTEMPTS_MAX; attempt++) {
            story.track("signIn", "key-" + attempt);
            story.verify("signIn", "key-" + attempt, 0);
        }

        assertThat(story.verify("signIn", "key-9", 0).result()).isEqualTo(VerificationResult.RATE_LIMITED);
        assertThat(story.approved("signIn", "key-9", story.code(Acme.SECRET, 0)).result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAnActionWithoutAChallenge_whenTheCodeIsRight_thenNobodyIsAsked() {
        acme.approvesVerification(true).outcome("browse", ActionOutcome.ALLOW);
        story.track("browse", "1");

        assertThat(story.verify("browse", "1", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenATenantThatIsOnlyTold_whenTheCodeIsRight_thenNobodyIsAsked() {
        acme.approvesVerification(false);
        story.track("signIn", "1");

        assertThat(story.verify("signIn", "1", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    private Outcome.Verified approved() {
        return story.approved("signIn", "1", story.code(Acme.SECRET, 0));
    }

    private ActionState state() {
        return story.user()
                .recentAction(new ActionKey("signIn", "1"))
                .orElseThrow()
                .state();
    }
}
