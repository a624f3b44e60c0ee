package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** Authenticators that a backend vouches for (contract section 3, enroll verified). */
class VouchingTest {
    private static final String PHONE = "+15550100";
    private static final Optional<Boolean> UNSAID = Optional.empty();

    private final Story story = new Story(new Acme());

    @ParameterizedTest
    @EnumSource(
            value = VerificationMethod.class,
            names = {"SMS", "EMAIL_OTP", "EMAIL_MAGIC_LINK"})
    void givenNobody_whenVouchedFor_thenTheyAreEnrolledAtOnceAndTrackingSaysSo(VerificationMethod method) {
        var changed = story.vouch(method, PHONE, UNSAID);

        assertThat(changed.kind()).isEqualTo(UserChangeKind.AUTHENTICATOR_ADDED);
        var authenticator = changed.authenticator().orElseThrow();
        assertThat(authenticator.verifiedAt()).contains(story.now());
        assertThat(authenticator.isDefault()).isTrue();
        assertThat(story.track("signIn", "1").decision().enrolledMethods()).containsExactly(method);
    }

    @ParameterizedTest
    @EnumSource(
            value = VerificationMethod.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SMS", "EMAIL_OTP", "EMAIL_MAGIC_LINK"})
    void givenAMethodThatIsNoContact_whenVouchedFor_thenItIsRefused(VerificationMethod method) {
        assertThat(story.vouch(method, PHONE, UNSAID).refusal()).contains(CommandRefusal.MALFORMED);
        assertThat(story.user().isEnrolled()).isFalse();
    }

    /** SDKs repeat a POST whose answer was lost. */
    @Test
    void givenAVouchedContact_whenVouchedForAgain_thenItIsTheSameAuthenticator() {
        var first = story.vouch(VerificationMethod.SMS, PHONE, UNSAID).authenticator();

        assertThat(story.vouch(VerificationMethod.SMS, PHONE, UNSAID).authenticator())
                .isEqualTo(first);
        story.vouch(VerificationMethod.SMS, "+15550111", UNSAID);
        story.vouch(VerificationMethod.EMAIL_OTP, PHONE, UNSAID);
        assertThat(story.user().authenticators()).hasSize(3);
    }

    @Test
    void givenADefault_whenAnotherIsVouchedForAsDefault_thenItIsTheOnlyOne() {
        story.enrolled().vouch(VerificationMethod.SMS, PHONE, Optional.of(true));

        assertThat(story.user().authenticators())
                .extracting(EnrolledAuthenticator::isDefault)
                .containsExactly(false, true);
    }

    @Test
    void givenADefault_whenAnotherIsVouchedFor_thenTheDefaultStays() {
        story.enrolled().vouch(VerificationMethod.SMS, PHONE, UNSAID);

        assertThat(story.user().authenticators())
                .extracting(EnrolledAuthenticator::isDefault)
                .containsExactly(true, false);
    }

    @Test
    void givenTheDefault_whenItIsVouchedForAgainAsNone_thenItStays() {
        story.vouch(VerificationMethod.SMS, PHONE, UNSAID);
        story.vouch(VerificationMethod.SMS, "+15550111", Optional.of(false));

        story.vouch(VerificationMethod.SMS, PHONE, Optional.of(false));

        assertThat(story.user().authenticators())
                .extracting(EnrolledAuthenticator::isDefault)
                .containsExactly(true, false);
    }

    @Test
    void givenAPendingEnrolment_whenAContactBecomesTheDefault_thenTheAppDoesNotWhenItIsFinished() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);
        story.vouch(VerificationMethod.SMS, PHONE, UNSAID);

        story.verify("enroll", "1", 0);

        assertThat(story.user().authenticators())
                .extracting(EnrolledAuthenticator::isDefault)
                .containsExactly(true, false);
    }

    @Test
    void givenAPendingEnrolment_whenAContactIsVouchedFor_thenTheEnrolmentCanStillBeFinished() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", false);

        story.vouch(VerificationMethod.SMS, PHONE, UNSAID);

        assertThat(story.verify("enroll", "1", 0).enrolled()).isTrue();
    }

    /** S18: to vouch is the backend's; a challenge-only token still binds nothing. */
    @Test
    void givenAVouchedUser_whenAChallengeOnlyTokenEnrols_thenNothingIsBound() {
        story.vouch(VerificationMethod.SMS, PHONE, UNSAID);
        story.track("signIn", "1");

        assertThat(story.enroll("signIn", "1", false).refusal()).contains(CommandRefusal.BINDING_NOT_ALLOWED);
    }

    @Test
    void givenAsManyAuthenticatorsAsCanBe_whenAnotherIsVouchedFor_thenItIsRefused() {
        for (var i = 0; i < User.AUTHENTICATORS_MAX; i++) story.vouch(VerificationMethod.SMS, PHONE + i, UNSAID);

        assertThat(story.vouch(VerificationMethod.SMS, "+1", UNSAID).refusal())
                .contains(CommandRefusal.TOO_MANY_AUTHENTICATORS);
        assertThat(story.vouch(VerificationMethod.SMS, PHONE + 0, UNSAID).refusal())
                .isEmpty();
    }
}
