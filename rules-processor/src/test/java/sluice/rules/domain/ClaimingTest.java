package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.domain.signal.Observing;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.NobodyId;

/** Challenges that are nobody's until a user claims them (contract section 3). */
class ClaimingTest {
    private static final VerificationMethod OTP = VerificationMethod.EMAIL_OTP;

    private final Acme acme = new Acme().email(true);
    private final Story story = new Story(acme, NobodyId.of(Acme.TENANT, "signUp", "1"));

    private Story challenged() {
        story.track("signUp", "1");
        story.enroll("signUp", "1", OTP, "ada@example.com", "111111", true);
        return story;
    }

    private Story verified() {
        assertThat(challenged().answer("signUp", "1", OTP, "111111").result()).isEqualTo(VerificationResult.VERIFIED);
        return story;
    }

    private void assertForgotten() {
        var user = story.user();
        assertThat(user.isKnown()).isFalse();
        assertThat(user.profile()).isEqualTo(Profile.UNKNOWN);
        assertThat(user.authenticators()).isEmpty();
        assertThat(user.pendingEnrolment()).isEmpty();
        assertThat(user.sentCodes()).isEqualTo(SentCodes.NONE);
    }

    @Test
    void p2_givenAVerifiedChallenge_whenTwoClaimIt_thenItIsTheFirstOnes() {
        verified();

        var first = story.claim("signUp", "1", "ada", false);
        var second = story.claim("signUp", "1", "eve", true);

        assertThat(first.kind()).isEqualTo(UserChangeKind.CHALLENGE_CLAIMED);
        assertThat(first.update().orElseThrow().state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(second.refusal()).contains(CommandRefusal.CHALLENGE_CLAIMED);
        assertForgotten();
    }

    /** SDKs repeat calls: by another event, and after the made-up user was forgotten. */
    @Test
    void givenAClaim_whenItsUserClaimsAgain_thenItIsTheSame() {
        verified().claim("signUp", "1", "ada", false);
        var before = story.user().recentActions();
        story.deleteUser();

        var again = story.claim("signUp", "1", "ada", false);

        assertThat(again.kind()).isEqualTo(UserChangeKind.CHALLENGE_CLAIMED);
        assertThat(again.update().orElseThrow().state()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(story.user().recentActions()).isEqualTo(before);
    }

    /** P6. */
    @Test
    void givenAChallengeThatWasNotVerified_whenClaimed_thenItTakesTheBackendsWordAndStaysUnmet() {
        challenged();
        assertThat(story.claim("signUp", "1", "ada", false).refusal()).contains(CommandRefusal.CHALLENGE_NOT_VERIFIED);

        var claimed = story.claim("signUp", "1", "ada", true);

        assertThat(claimed.update().orElseThrow().state()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(story.answer("signUp", "1", OTP, "111111").result()).isEqualTo(VerificationResult.REFUSED);
        assertForgotten();
    }

    @Test
    void givenAChallengeThatNobodyAnswers_whenItsTimeIsOver_thenTheMadeUpUserIsForgotten() {
        challenged().after(Acme.LIFETIME).expire("signUp", "1");

        assertForgotten();
        assertThat(story.claim("signUp", "1", "ada", true).refusal()).contains(CommandRefusal.NOT_FOUND);
    }

    @Test
    void givenAChallengeOfTooManyWrongCodes_whenItHasFailed_thenTheMadeUpUserIsForgotten() {
        challenged();
        for (var attempt = 0; attempt < Acme.ATTEMPTS_MAX; attempt++) story.answer("signUp", "1", OTP, "000000");

        assertForgotten();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOW", "BLOCK", "REVIEW"})
    void givenAnActionThatIsNoChallenge_whenDecided_thenTheMadeUpUserIsForgotten(ActionOutcome outcome) {
        acme.outcome("signUp", outcome);

        var decided = story.track("signUp", "1");

        assertForgotten();
        assertThat(story.tell(story.told().get(0))).containsExactly(decided);
    }

    @Test
    void givenAVerifiedChallenge_whenNobodyHasClaimedIt_thenItIsKeptUntilTheMadeUpUserIsDeleted() {
        verified().after(Acme.LIFETIME).expire("signUp", "1");
        assertThat(story.user().isKnown()).isTrue();

        story.deleteUser();

        assertForgotten();
        assertThat(story.claim("signUp", "1", "ada", false).refusal()).contains(CommandRefusal.NOT_FOUND);
    }

    /** What any user did is theirs already. */
    @Test
    void givenAUser_whenTheirActionIsClaimed_thenThereIsNoneToClaim() {
        var ada = new Story(acme);
        ada.track("signUp", "1");
        var before = ada.user().recentActions();

        assertThat(ada.claim("signUp", "1", "eve", true).refusal()).contains(CommandRefusal.NOT_FOUND);
        assertThat(ada.user().recentActions()).isEqualTo(before);
    }

    @Test
    void givenAMadeUpUser_whenLookedFor_thenThereIsNothingToFindThemByAndTheyAreNoUserMore() {
        verified();

        assertThat(story.user().profile().email()).isPresent();
        assertThat(LookupKey.allOf(story.user())).isEmpty();
        var signals = new Signals(
                Optional.of("203.0.113.1"),
                Optional.empty(),
                Optional.of("phone"),
                Optional.empty(),
                Map.of(),
                Enrichment.NONE);
        var track = new Event.Track(story.cause(), new ActionKey("signUp", "2"), Profile.UNKNOWN, signals);
        assertThat(Observing.of(Optional.empty(), track, List.of(), (tenantId, userId, authenticatorId, contact) -> ""))
                .isEmpty();
    }
}
