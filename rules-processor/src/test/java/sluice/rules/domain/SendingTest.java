package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.ProfileField;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** Codes and links by e-mail: what counts, for what and for how long. */
class SendingTest {
    private static final VerificationMethod OTP = VerificationMethod.EMAIL_OTP;
    private static final VerificationMethod LINK = VerificationMethod.EMAIL_MAGIC_LINK;
    private static final String ADA = "ada@example.com";

    private final Acme acme = new Acme().email(true);
    private final Story story = new Story(acme);

    private Story bound() {
        story.track("enroll", "1");
        story.enroll("enroll", "1", OTP, ADA, "111111");
        assertThat(story.answer("enroll", "1", OTP, "111111").enrolled()).isTrue();
        return story;
    }

    @ParameterizedTest
    @EnumSource(names = {"EMAIL_OTP", "EMAIL_MAGIC_LINK"})
    void givenANewUser_whenTheyAnswerWithWhatWasSent_thenTheAddressIsBoundAndKnownToBeTheirs(
            VerificationMethod method) {
        story.track("enroll", "1");
        var started = story.enroll("enroll", "1", method, ADA, "111111");
        assertThat(started.kind()).isEqualTo(UserChangeKind.ENROLMENT_STARTED);
        assertThat(story.user().isEnrolled()).isFalse();

        var verified = story.answer("enroll", "1", method, "111111");

        assertThat(verified.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verified.enrolled()).isTrue();
        assertThat(verified.authenticator().orElseThrow().isDefault()).isTrue();
        assertThat(story.user().pendingEnrolment()).isEmpty();
        assertThat(story.user().profile().email()).contains(ADA);
        assertThat(story.user().profile().emailVerified()).contains(true);
        assertThat(story.user().recentActions().get(0).state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    @Test
    void givenAProfileWithAnotherAddress_whenOneIsBound_thenNothingIsSaidOfTheProfiles() {
        story.update(Profile.tracked(Optional.of("countess@example.com"), Optional.empty(), Optional.empty()));
        bound();

        assertThat(story.user().profile().email()).contains("countess@example.com");
        assertThat(story.user().profile().emailVerified()).isEmpty();
    }

    /** S3. */
    @Test
    void givenTheEnrolmentsOwnCode_whenItIsUsedAgain_thenItIsSpent() {
        bound();

        assertThat(story.answer("enroll", "1", OTP, "111111").refusal()).contains(RefusalCause.REPLAYED_CODE);
        story.track("signIn", "2");
        assertThat(story.answer("signIn", "2", OTP, "111111").result()).isEqualTo(VerificationResult.REFUSED);
        assertThat(story.user()
                        .recentAction(new ActionKey("signIn", "2"))
                        .orElseThrow()
                        .state())
                .isEqualTo(ActionState.CHALLENGE_REQUIRED);
    }

    @Test
    void givenAChallenge_whenTheCodeComes_thenItIsMet() {
        bound().track("signIn", "2");
        var sent = story.send("signIn", "2", OTP, "222222");
        assertThat(sent.kind()).isEqualTo(UserChangeKind.CODE_ISSUED);
        assertThat(sent.authenticator().orElseThrow().contact()).isPresent();

        assertThat(story.answer("signIn", "2", OTP, "333333").refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(story.answer("signIn", "2", OTP, "222222").result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenANewerCode_whenTheOlderComes_thenItIsWrongAndTheNewerRight() {
        bound().track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        story.send("signIn", "2", OTP, "333333");

        assertThat(story.answer("signIn", "2", OTP, "222222").refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(story.answer("signIn", "2", OTP, "333333").result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** A code is bound to what it was asked for: a mail for a sign-in pays nothing. */
    @Test
    void givenACodeForOneAction_whenItComesForAnother_thenItDoesNotCount() {
        bound().track("signIn", "2");
        story.track("pay", "3");
        story.send("signIn", "2", OTP, "222222");

        assertThat(story.answer("pay", "3", OTP, "222222").refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
        assertThat(story.answer("signIn", "2", LINK, "222222").result()).isEqualTo(VerificationResult.REFUSED);
    }

    @Test
    void givenACode_whenItsTenMinutesAreOver_thenItCountsNoMore() {
        acme.outcome("settings", ActionOutcome.ALLOW);
        bound().track("settings", "2");
        story.send("settings", "2", OTP, "222222");

        story.after(Duration.ofMinutes(10).minusMillis(1));
        assertThat(story.answer("settings", "2", OTP, "222222").result()).isEqualTo(VerificationResult.VERIFIED);
        story.send("settings", "2", OTP, "333333");
        story.after(Duration.ofMinutes(10));
        assertThat(story.answer("settings", "2", OTP, "333333").refusal()).contains(RefusalCause.WRONG_CODE);
    }

    @Test
    void givenFiveSendings_whenASixthIsWanted_thenItHasToWaitAndTheFifthStillCounts() {
        bound().track("signIn", "2");
        var first = story.now();
        for (var each = 2; each <= 5; each++) {
            story.after(Duration.ofSeconds(1)).send("signIn", "2", OTP, "22222" + each);
        }

        var sixth = story.send("signIn", "2", OTP, "666666");

        assertThat(sixth.refusal()).contains(CommandRefusal.TOO_MANY_CODES);
        assertThat(sixth.retryAt()).contains(first.plus(Duration.ofMinutes(10)));
        assertThat(story.answer("signIn", "2", OTP, "666666").result()).isEqualTo(VerificationResult.REFUSED);
        assertThat(story.answer("signIn", "2", OTP, "222225").result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** S21 by analogy: guesses at codes that were sent have the budget of all guesses. */
    @Test
    void givenWrongCodes_whenTheLastOfTheChallengeComes_thenItHasFailedAndTheRightCodeIsTooLate() {
        bound().track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        for (var each = 1; each < Acme.ATTEMPTS_MAX; each++) story.answer("signIn", "2", OTP, "000000");

        assertThat(story.answer("signIn", "2", OTP, "000000").result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(story.answer("signIn", "2", OTP, "222222").result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(story.send("signIn", "2", OTP, "333333").refusal()).contains(CommandRefusal.CHALLENGE_NOT_OPEN);
    }

    /** S18. */
    @Test
    void givenAnEnrolledUser_whenAChallengeOnlyTokenAsks_thenNoAddressIsBoundAndNothingSent() {
        bound().track("signIn", "2");

        var refused = story.enroll("signIn", "2", LINK, "eve@example.com", "222222");

        assertThat(refused.refusal()).contains(CommandRefusal.BINDING_NOT_ALLOWED);
        assertThat(story.answer("signIn", "2", LINK, "222222").result()).isEqualTo(VerificationResult.REFUSED);
    }

    @Test
    void givenABoundAddress_whenItIsBoundAgain_thenItIsReplacedAndStaysTheDefault() {
        bound().track("settings", "2");
        var before = story.user().authenticators().get(0).id();
        story.enroll("settings", "2", OTP, ADA, "222222", true);

        assertThat(story.answer("settings", "2", OTP, "222222").enrolled()).isTrue();

        assertThat(story.user().authenticators()).hasSize(1);
        assertThat(story.user().authenticators().get(0).id()).isNotEqualTo(before);
        assertThat(story.user().authenticators().get(0).isDefault()).isTrue();
    }

    @Test
    void givenRecoveryCodes_whenTheOnlyAddressIsBoundAgain_thenTheyAreStillThere() {
        story.vouch(OTP, ADA, Optional.empty());
        var before = story.user().recoveryCodes();
        assertThat(before).isPresent();
        story.track("settings", "1");
        story.enroll("settings", "1", OTP, ADA, "111111", true);

        assertThat(story.answer("settings", "1", OTP, "111111").enrolled()).isTrue();

        assertThat(story.user().authenticators()).hasSize(1);
        assertThat(story.user().recoveryCodes()).isEqualTo(before);
    }

    @Test
    void givenTwoAddresses_whenACodeIsWanted_thenItGoesToTheDefaultAndToTheOneThatIsBeingBound() {
        story.vouch(OTP, "first@example.com", Optional.empty());
        var second = story.vouch(OTP, "second@example.com", Optional.of(true)).authenticator();
        story.track("signIn", "1");
        assertThat(story.send("signIn", "1", OTP, "111111").authenticator()).isEqualTo(second);

        var third = story.enroll("signIn", "1", OTP, "third@example.com", "222222", true)
                .authenticator();
        assertThat(story.send("signIn", "1", OTP, "333333").authenticator()).isEqualTo(third);
        assertThat(story.answer("signIn", "1", OTP, "333333").enrolled()).isTrue();
    }

    @Test
    void givenNoAddress_whenACodeIsWanted_thenThereIsNowhereToSendIt() {
        story.enrolled().track("signIn", "2");

        assertThat(story.send("signIn", "2", OTP, "222222").refusal()).contains(CommandRefusal.NOT_FOUND);
        assertThat(story.send("signIn", "2", VerificationMethod.SMS, "222222").refusal())
                .contains(CommandRefusal.MALFORMED);
        assertThat(story.send("signIn", "none", OTP, "222222").refusal()).contains(CommandRefusal.CHALLENGE_NOT_OPEN);
    }

    @Test
    void givenATenantWithoutMail_whenACodeIsWanted_thenTheMethodIsNotActivated() {
        bound().track("signIn", "2");
        acme.email(false);

        assertThat(story.send("signIn", "2", OTP, "222222").refusal()).contains(CommandRefusal.METHOD_NOT_ACTIVATED);
        assertThat(story.enroll("signIn", "2", OTP, ADA, "222222", true).refusal())
                .contains(CommandRefusal.METHOD_NOT_ACTIVATED);
    }

    /** S19. */
    @Test
    void givenACodeOnItsWay_whenItsAuthenticatorIsDeleted_thenItCountsNoMore() {
        bound().track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        story.deleteAuthenticator(story.user().authenticators().get(0).id());

        assertThat(story.answer("signIn", "2", OTP, "222222").refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
    }

    @Test
    void givenACodeOnItsWay_whenTheUserIsDeleted_thenNothingOfItIsLeft() {
        bound().track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        story.deleteUser();

        assertThat(story.user().sentCodes()).isEqualTo(SentCodes.NONE);
    }

    /** P2: a command that comes again sends nothing anew, and every event's answer stays what it was. */
    @Test
    void givenEveryEvent_whenItComesAgain_thenTheAnswerAndTheUserAreTheSame() {
        bound().track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        story.answer("signIn", "2", OTP, "222222");
        var after = story.user();
        var outcomes = story.outcomes();

        var again = story.told().stream().map(story::tell).toList();

        assertThat(again).isEqualTo(outcomes);
        assertThat(story.user()).isEqualTo(after);
    }

    @Test
    void givenSomeActionsLater_whenTheBackendForgetsTheAddress_thenOnlyAnotherProofBringsItBack() {
        bound();
        story.update(Profile.UNKNOWN, ProfileField.EMAIL, ProfileField.EMAIL_VERIFIED);
        assertThat(story.user().profile().emailVerified()).isEmpty();
        story.track("signIn", "2");
        story.send("signIn", "2", OTP, "222222");
        story.answer("signIn", "2", OTP, "000000");
        assertThat(story.user().profile().email()).isEmpty();

        story.answer("signIn", "2", OTP, "222222");

        assertThat(List.of(
                        story.user().profile().email(), story.user().profile().emailVerified()))
                .isEqualTo(List.of(Optional.of(ADA), Optional.of(true)));
    }
}
