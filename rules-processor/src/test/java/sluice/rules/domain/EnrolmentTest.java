package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CommandRefusal;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationResult;

/** The binding rules of the contract's section 4, and S3, S12, S18 of the security requirements. */
class EnrolmentTest {
    private static final byte[] OTHER_SECRET = "abcdefghijklmnopqrst".getBytes(US_ASCII);

    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    @Test
    void givenANewUser_whenTheFirstCodeIsRight_thenTheyAreEnrolledAndTheActionHasSucceeded() {
        story.track("enroll", "1");
        var started = story.enroll("enroll", "1", false);
        assertThat(started.kind()).isEqualTo(UserChangeKind.ENROLMENT_STARTED);
        assertThat(story.user().isEnrolled())
                .as("usable only after its first code")
                .isFalse();

        var outcomes = story.tell(story.verifying("enroll", "1", story.code(Acme.SECRET, 0)));

        var verified = (Outcome.Verified) outcomes.get(0);
        assertThat(verified.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verified.enrolled()).isTrue();
        assertThat(((Outcome.Changed) outcomes.get(1)).kind()).isEqualTo(UserChangeKind.AUTHENTICATOR_CREATED);
        assertThat(story.user().isEnrolled()).isTrue();
        assertThat(story.user().pendingEnrolment()).isEmpty();
        assertThat(story.user().authenticators().get(0).authenticator().isDefault())
                .isTrue();
    }

    /** S3. */
    @Test
    void givenTheEnrolmentsOwnCode_whenItIsUsedForAChallenge_thenItIsBurnt() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);
        story.verify("enroll", "1", 0);
        story.track("signIn", "2");

        assertThat(story.verify("signIn", "2", 0).refusal()).contains(RefusalCause.REPLAYED_CODE);
    }

    /** S12. */
    @Test
    void givenAPendingEnrolment_whenItsTimeIsOver_thenItsCodeCountsNoMore() {
        acme.outcome("enroll", ActionOutcome.ALLOW);
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);
        story.after(Acme.LIFETIME);

        assertThat(story.verify("enroll", "1", 0).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
    }

    @Test
    void givenAPendingEnrolment_whenAnotherActionsTokenComesWithItsCode_thenItDoesNotCount() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);
        story.track("signIn", "2");

        assertThat(story.verify("signIn", "2", 0).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
    }

    @Test
    void givenAPendingEnrolment_whenStartedAgain_thenTheNewSecretReplacesIt() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);
        story.enroll("enroll", "1", false, OTHER_SECRET);

        assertThat(story.verify("enroll", "1", story.code(Acme.SECRET, 0)).result())
                .isEqualTo(VerificationResult.REFUSED);
        assertThat(story.verify("enroll", "1", story.code(OTHER_SECRET, 0)).enrolled())
                .isTrue();
    }

    /** S18: whoever has stolen the password must not bind a phone of their own. */
    @Test
    void givenAnEnrolledUser_whenAChallengeOnlyTokenAsks_thenNothingIsBound() {
        story.enrolled().track("signIn", "2");

        assertThat(story.enroll("signIn", "2", false).refusal()).contains(CommandRefusal.BINDING_NOT_ALLOWED);
        assertThat(story.user().pendingEnrolment()).isEmpty();
    }

    @Test
    void givenAnEnrolledUser_whenTheTokenHasTheScope_thenASecondAuthenticatorIsBoundAndBothCount() {
        story.enrolled().track("settings", "2");
        assertThat(story.enroll("settings", "2", true, OTHER_SECRET).refusal()).isEmpty();
        assertThat(story.verify("settings", "2", story.code(OTHER_SECRET, 0)).enrolled())
                .isTrue();

        story.track("signIn", "3");
        assertThat(story.verify("signIn", "3", story.code(OTHER_SECRET, 1)).result())
                .isEqualTo(VerificationResult.VERIFIED);
        story.track("signIn", "4");
        assertThat(story.verify("signIn", "4", story.code(Acme.SECRET, 0)).result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAnEnrolledUser_whenTheyMetTheChallengeOfTheSameToken_thenTheyMayBindAnother() {
        story.enrolled().track("signIn", "2");
        story.verify("signIn", "2", 0);

        assertThat(story.enroll("signIn", "2", false, OTHER_SECRET).kind()).isEqualTo(UserChangeKind.ENROLMENT_STARTED);
    }

    @Test
    void givenABlockedAction_whenItsTokenAsks_thenNothingIsBound() {
        acme.outcome("enroll", ActionOutcome.BLOCK);
        story.track("enroll", "1");

        assertThat(story.enroll("enroll", "1", true).refusal()).contains(CommandRefusal.BINDING_NOT_ALLOWED);
    }

    @Test
    void givenATenantWithoutTheApp_whenEnrolled_thenItIsRefused() {
        story.track("enroll", "1");
        acme.app(false);

        assertThat(story.enroll("enroll", "1", false).refusal()).contains(CommandRefusal.METHOD_NOT_ACTIVATED);
    }

    @Test
    void givenAsManyAuthenticatorsAsCanBe_whenAnotherIsEnrolled_thenItIsRefused() {
        story.enrolled();
        for (var i = 1; i < User.AUTHENTICATORS_MAX; i++) {
            var key = "more-" + i;
            story.after(Duration.ofMinutes(1)).track("settings", key);
            var secret = "secret-number-%06d".formatted(i).getBytes(US_ASCII);
            story.enroll("settings", key, true, secret);
            story.verify("settings", key, story.code(secret, 0));
        }
        story.track("settings", "last");

        assertThat(story.enroll("settings", "last", true).refusal())
                .isEqualTo(Optional.of(CommandRefusal.TOO_MANY_AUTHENTICATORS));
        assertThat(story.user().authenticators()).hasSize(User.AUTHENTICATORS_MAX);
    }
}
