package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.CommandRefusal;
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

        assertThat(story.user().throttle().lockedUntil(story.now())).isPresent();
    }

    /** Else deleting and enrolling again would be more attempts in five minutes than ten (S5). */
    @Test
    void givenAttempts_whenTheLastAuthenticatorIsDeleted_thenTheyStillCount() {
        story.enrolled();
        var attempts = story.user().throttle().attemptsAt();

        story.deleteAuthenticator(authenticatorId(0));

        assertThat(story.user().throttle().attemptsAt()).isEqualTo(attempts).isNotEmpty();
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
