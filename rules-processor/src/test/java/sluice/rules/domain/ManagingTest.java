package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.ProfileField;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationResult;

/** What a backend does to a user (contract section 3). */
class ManagingTest {
    private static final byte[] OTHER_SECRET = "abcdefghijklmnopqrst".getBytes(US_ASCII);

    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    /** S19: at once, for tokens in flight too. */
    @Test
    void givenAnOpenChallenge_whenTheAuthenticatorIsDeleted_thenItsCodesCountNoMore() {
        story.enrolled().track("signIn", "1");

        var changed = story.deleteAuthenticator(authenticatorId(0));

        assertThat(changed.kind()).isEqualTo(UserChangeKind.AUTHENTICATOR_DELETED);
        assertThat(changed.authenticator()).isPresent();
        assertThat(story.verify("signIn", "1", 0).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
        assertThat(story.user().isEnrolled()).isFalse();
    }

    @Test
    void givenAnUnknownAuthenticator_whenDeleted_thenItIsRefusedAndNothingChanges() {
        story.enrolled();
        var before = story.user().authenticators();

        assertThat(story.deleteAuthenticator("nobody's").refusal()).contains(CommandRefusal.NOT_FOUND);
        assertThat(story.user().authenticators()).isEqualTo(before);
    }

    /** SDKs send a DELETE again whose answer was lost; the world is told of it once (P2). */
    @Test
    void givenAnAuthenticatorThatWasJustDeleted_whenDeletedAgain_thenItIsDoneAlready() {
        story.enrolled();
        var id = authenticatorId(0);
        story.deleteAuthenticator(id);

        var again = story.deleteAuthenticator(id);

        assertThat(again.kind()).isEqualTo(UserChangeKind.REFUSED);
        assertThat(again.refusal()).contains(CommandRefusal.ALREADY_DONE);
        assertThat(story.deleteAuthenticator("another").refusal()).contains(CommandRefusal.NOT_FOUND);
    }

    @Test
    void givenAnAuthenticatorThatWasDeleted_whenNobodyRemembersIt_thenItIsUnknown() {
        story.enrolled();
        var id = authenticatorId(0);
        story.deleteAuthenticator(id);
        for (var each = 0; each < User.ANSWERS_KEPT; each++) story.deleteAuthenticator("another");

        assertThat(story.after(User.ANSWERS_AGE).deleteAuthenticator(id).refusal())
                .contains(CommandRefusal.NOT_FOUND);
    }

    @Test
    void givenTwoAuthenticators_whenTheDefaultIsDeleted_thenTheOldestThatIsLeftIsTheDefault() {
        enrolledTwice();

        story.deleteAuthenticator(authenticatorId(0));

        assertThat(story.user().authenticators()).hasSize(1);
        assertThat(story.user().authenticators().get(0).isDefault()).isTrue();
    }

    @Test
    void givenTwoAuthenticators_whenTheOtherIsDeleted_thenTheDefaultStays() {
        enrolledTwice();

        story.deleteAuthenticator(authenticatorId(1));

        assertThat(story.user().authenticators()).hasSize(1);
        assertThat(story.user().authenticators().get(0).isDefault()).isTrue();
    }

    /** S4: the lock after 100 failures is "until the authenticator is replaced": this is the way out of it. */
    @Test
    void givenALockForGood_whenTheLastAuthenticatorIsReplaced_thenTheUserMayTryAgain() {
        story.enrolled();
        lockForGood();
        story.after(Duration.ofDays(400)).track("signIn", "locked");
        assertThat(story.verify("signIn", "locked", 0).result()).isEqualTo(VerificationResult.LOCKED_OUT);

        story.deleteAuthenticator(authenticatorId(0));

        story.after(Duration.ofMinutes(6)).track("enroll", "again");
        story.enroll("enroll", "again", false, OTHER_SECRET);
        assertThat(story.verify("enroll", "again", story.code(OTHER_SECRET, 0)).result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenALock_whenOneOfTwoAuthenticatorsIsDeleted_thenTheLockStays() {
        enrolledTwice();
        lockForGood();

        story.deleteAuthenticator(authenticatorId(0));

        assertThat(story.user().throttle().strangers().lockedUntil()).isPresent();
    }

    /** Else deleting and enrolling again would be more attempts in five minutes than ten (S5). */
    @Test
    void givenAttempts_whenTheLastAuthenticatorIsDeleted_thenTheyStillCount() {
        story.enrolled();
        var attempts = story.user().throttle().strangers().attemptsAt();

        story.deleteAuthenticator(authenticatorId(0));

        assertThat(story.user().throttle().strangers().attemptsAt())
                .isEqualTo(attempts)
                .isNotEmpty();
    }

    /** What was verified was the address that they had. */
    @Test
    void givenVerifiedContacts_whenOthersAreToldWithoutAWord_thenTheyAreNotVerified() {
        story.update(verified("ada@example.com", "+15550100"));

        story.update(contacts("ada@example.com", "+15550100"));
        assertThat(story.user().profile()).isEqualTo(verified("ada@example.com", "+15550100"));
        story.tell(
                new Event.Track(story.cause(), new ActionKey("signIn", "1"), contacts("eve@example.com", "+15550666")));

        assertThat(story.user().profile().emailVerified()).contains(false);
        assertThat(story.user().profile().phoneNumberVerified()).contains(false);
        story.update(verified("eve@example.com", "+15550666"));
        assertThat(story.user().profile()).isEqualTo(verified("eve@example.com", "+15550666"));
        story.update(contacts("ada@example.com", "+15550100"));
        assertThat(story.user().profile().emailVerified()).contains(false);
    }

    @Test
    void givenAVerifiedAddress_whenItIsReset_thenTheNextOneIsNotVerified() {
        story.update(verified("ada@example.com", "+15550100"));

        story.update(Profile.UNKNOWN, ProfileField.EMAIL, ProfileField.PHONE_NUMBER);
        story.update(contacts("ada@example.com", "+15550100"));

        assertThat(story.user().profile().emailVerified()).contains(false);
        assertThat(story.user().profile().phoneNumberVerified()).contains(false);
    }

    private static Profile contacts(String email, String phoneNumber) {
        return Profile.tracked(Optional.of(email), Optional.of(phoneNumber), Optional.empty());
    }

    private static Profile verified(String email, String phoneNumber) {
        return new Profile(
                Optional.of(email),
                Optional.of(true),
                Optional.of(phoneNumber),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void givenAProfile_whenUpdated_thenWhatIsNotToldStaysAndWhatIsResetGoes() {
        story.update(new Profile(
                Optional.of("ada@example.com"),
                Optional.of(true),
                Optional.of("+15550100"),
                Optional.empty(),
                Optional.of("ada"),
                Optional.of("Ada"),
                Map.of("tier", text("gold"), "seats", number(3)),
                Optional.of("en-GB")));

        var changed = story.update(
                new Profile(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("+15550111"),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("tier", text("silver")),
                        Optional.empty()),
                ProfileField.USERNAME,
                ProfileField.LOCALE);

        assertThat(changed.kind()).isEqualTo(UserChangeKind.PROFILE_UPDATED);
        assertThat(story.user().profile())
                .isEqualTo(new Profile(
                        Optional.of("ada@example.com"),
                        Optional.of(true),
                        Optional.of("+15550111"),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.of("Ada"),
                        Map.of("tier", text("silver")),
                        Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(value = ProfileField.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void givenAProfile_whenAllFieldsButOneAreReset_thenThatOneIsLeft(ProfileField left) {
        var full = new Profile(
                Optional.of("ada@example.com"),
                Optional.of(true),
                Optional.of("+15550100"),
                Optional.of(true),
                Optional.of("ada"),
                Optional.of("Ada"),
                Map.of("tier", text("gold")),
                Optional.of("en-GB"));
        story.update(full);

        story.update(Profile.UNKNOWN, EnumSet.complementOf(EnumSet.of(left)).toArray(ProfileField[]::new));

        assertThat(story.user().profile())
                .isNotEqualTo(Profile.UNKNOWN)
                .isEqualTo(full.without(EnumSet.complementOf(EnumSet.of(left))));
        assertThat(story.user().profile().without(EnumSet.of(left))).isEqualTo(Profile.UNKNOWN);
    }

    @Test
    void givenAnEnrolledUser_whenDeleted_thenNothingIsKnownOfThemAndLaterTrackingStartsClean() {
        story.enrolled().update(Profile.tracked(Optional.of("ada@example.com"), Optional.empty(), Optional.empty()));

        assertThat(story.deleteUser().kind()).isEqualTo(UserChangeKind.USER_DELETED);

        assertThat(story.user().profile()).isEqualTo(Profile.UNKNOWN);
        assertThat(story.user().authenticators()).isEmpty();
        assertThat(story.user().throttle()).isEqualTo(Throttle.FRESH);
        assertThat(story.track("signIn", "after").decision().isEnrolled()).isFalse();
        story.enroll("signIn", "after", false);
        assertThat(story.verify("signIn", "after", 0).enrolled()).isTrue();
    }

    @Test
    void givenAnOpenChallenge_whenTheUserIsDeleted_thenItCanNotBeMetAndItsTimeStillEndsIt() {
        story.enrolled().track("signIn", "1");

        story.deleteUser();

        assertThat(story.verify("signIn", "1", 0).refusal()).contains(RefusalCause.UNKNOWN_CHALLENGE);
        assertThat(((Outcome.Verified)
                                story.after(Acme.LIFETIME).expire("signIn", "1").get(0))
                        .result())
                .isEqualTo(VerificationResult.EXPIRED);
    }

    /** S19: a token in flight must not bring the user back. */
    @Test
    void givenATokenOfADeletedUser_whenItEnrols_thenNothingIsBound() {
        story.track("signIn", "1");
        story.deleteUser();

        assertThat(story.enroll("signIn", "1", true).refusal()).contains(CommandRefusal.BINDING_NOT_ALLOWED);
    }

    /** P2: the events before the deletion come again with it after a crash. */
    @Test
    void givenADeletedUser_whenTheirTrackingComesAgain_thenNobodyIsBroughtBack() {
        var tracked = new Event.Track(
                story.cause(),
                new ActionKey("signIn", "1"),
                Profile.tracked(Optional.of("ada@example.com"), Optional.empty(), Optional.empty()));
        var answer = story.tell(tracked);
        story.deleteUser();

        assertThat(story.tell(tracked)).isEqualTo(answer);
        assertThat(story.user().profile()).isEqualTo(Profile.UNKNOWN);
    }

    @Test
    void givenNobody_whenDeleted_thenItIsDoneAllTheSame() {
        assertThat(story.deleteUser().kind()).isEqualTo(UserChangeKind.USER_DELETED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionState.class,
            names = {"BLOCK", "CHALLENGE_FAILED", "REVIEW_REQUIRED", "REVIEW_SUCCEEDED", "REVIEW_FAILED"})
    void givenAChallenge_whenTheBackendEndsIt_thenCodesCountNoMore(ActionState state) {
        story.enrolled().track("signIn", "1");

        var update = story.updateAction("signIn", "1", state).update();

        assertThat(update).contains(new ActionUpdate(new ActionKey("signIn", "1"), state, true, Optional.empty()));
        assertThat(story.verify("signIn", "1", 0).refusal()).contains(RefusalCause.CHALLENGE_FINISHED);
        assertThat(story.expire("signIn", "1")).isEmpty();
    }

    @Test
    void givenAFailedChallenge_whenTheBackendOpensIt_thenItHasItsOwnTimeAndAllItsAttempts() {
        story.enrolled().track("signIn", "1");
        for (var i = 0; i < Acme.ATTEMPTS_MAX; i++) story.verify("signIn", "1", story.wrongCode());
        story.after(Duration.ofMinutes(29));

        var update = story.updateAction("signIn", "1", ActionState.CHALLENGE_REQUIRED)
                .update()
                .orElseThrow();

        assertThat(update.expiresAt()).contains(story.now().plus(Acme.LIFETIME));
        story.after(Duration.ofMinutes(9));
        assertThat(story.expire("signIn", "1")).isEmpty();
        assertThat(story.verify("signIn", "1", 0).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAnActionThatWasLetThrough_whenTheBackendOpensAChallenge_thenItsTimeEndsIt() {
        acme.outcome("signIn", ActionOutcome.ALLOW);
        story.enrolled().track("signIn", "1");
        story.updateAction("signIn", "1", ActionState.CHALLENGE_REQUIRED);

        assertThat(((Outcome.Verified)
                                story.after(Acme.LIFETIME).expire("signIn", "1").get(0))
                        .result())
                .isEqualTo(VerificationResult.EXPIRED);
    }

    @Test
    void givenAnActionThatNobodyKnows_whenUpdated_thenTheChallengeServiceIsToldThatItIsNotRecent() {
        assertThat(story.updateAction("signIn", "1", ActionState.BLOCK)
                        .update()
                        .orElseThrow()
                        .isRecent())
                .isFalse();
    }

    /** S18: that the backend calls it a success is no code of the user's. */
    @Test
    void givenAnEnrolledUser_whenTheBackendSaysThatTheChallengeIsMet_thenItsTokenStillBindsNothing() {
        story.enrolled().track("signIn", "1");
        story.updateAction("signIn", "1", ActionState.CHALLENGE_SUCCEEDED);

        assertThat(story.enroll("signIn", "1", false, OTHER_SECRET).refusal())
                .contains(CommandRefusal.BINDING_NOT_ALLOWED);
    }

    private static CustomValue text(String text) {
        return CustomValue.of(text);
    }

    private static CustomValue number(double number) {
        return CustomValue.of(number);
    }

    private String authenticatorId(int which) {
        return story.user().authenticators().get(which).id();
    }

    private void enrolledTwice() {
        story.enrolled().track("settings", "2");
        story.enroll("settings", "2", true, OTHER_SECRET);
        story.verify("settings", "2", story.code(OTHER_SECRET, 0));
    }

    private void lockForGood() {
        for (var i = 0; i < Throttle.FAILURES_MAX; i++) {
            story.after(Duration.ofHours(5)).track("signIn", "wrong-" + i);
            story.verify("signIn", "wrong-" + i, story.wrongCode());
        }
    }
}
