package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** S18, S19: what users may do to their own authenticators. */
class OwnAuthenticatorsTest {
    private static final byte[] OTHER_SECRET = "abcdefghijklmnopqrst".getBytes(US_ASCII);

    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    /** S18: every state that an action can be in, with the scope and without. */
    @ParameterizedTest
    @CsvSource({
        // state of the token's action, by a backend's word, scope: read, add, change
        "ALLOW, false, false, true, false, false",
        "ALLOW, false, true, true, true, true",
        "CHALLENGE_REQUIRED, false, false, false, false, false",
        "CHALLENGE_REQUIRED, false, true, true, true, true",
        "CHALLENGE_SUCCEEDED, false, false, true, true, false",
        "CHALLENGE_SUCCEEDED, false, true, true, true, true",
        "CHALLENGE_SUCCEEDED, true, false, true, false, false",
        "CHALLENGE_SUCCEEDED, true, true, true, true, true",
        "CHALLENGE_FAILED, false, true, false, false, false",
        "BLOCK, false, true, false, false, false",
        "REVIEW_REQUIRED, false, true, false, false, false",
        "REVIEW_SUCCEEDED, true, true, false, false, false",
        "REVIEW_FAILED, true, true, false, false, false"
    })
    void givenAStateAndAScope_whenAClientAsks_thenItMayDoThisAndNoMore(
            ActionState state,
            boolean isByABackend,
            boolean isInScope,
            boolean mayRead,
            boolean mayAdd,
            boolean mayChange) {
        story.enrolled().track("settings", "1");
        var key = new ActionKey("settings", "1");
        var known = story.user().recentAction(key).orElseThrow();
        var user = story.user().with(known.withState(state).withIsUpdated(isByABackend));
        var grant = new Grant(key, isInScope);

        assertThat(grant.mayRead(user)).isEqualTo(mayRead);
        assertThat(grant.mayAdd(user)).isEqualTo(mayAdd);
        assertThat(grant.mayChange(user)).isEqualTo(mayChange);
        var revoked = user.with(known.withState(state).revoked());
        assertThat(grant.mayRead(revoked) || grant.mayAdd(revoked) || grant.mayChange(revoked))
                .isFalse();
        var another = new Grant(new ActionKey("settings", "2"), isInScope);
        assertThat(another.mayRead(user) || another.mayAdd(user) || another.mayChange(user))
                .isFalse();
    }

    @Test
    void givenTwoAuthenticators_whenTheSecondIsMadeTheDefault_thenItAloneIsAndLaterTracksOfferIt() {
        appAndPhone();
        story.track("settings", "1");

        var changed = story.makeDefault(id(1), "settings", "1", true);

        assertThat(changed.kind()).isEqualTo(UserChangeKind.AUTHENTICATOR_UPDATED);
        assertThat(changed.authenticator().orElseThrow().isDefault()).isTrue();
        assertThat(story.user().authenticators())
                .extracting(EnrolledAuthenticator::isDefault)
                .containsExactly(false, true);
        assertThat(story.track("signIn", "2").decision().defaultMethod()).contains(VerificationMethod.SMS);
    }

    @Test
    void givenATokenWithoutTheScope_whenItChangesOrRemoves_thenNothingHappensEvenIfItsChallengeWasMet() {
        appAndPhone();
        story.track("settings", "1");
        story.verify("settings", "1", 0);
        var before = story.user().authenticators();

        assertThat(story.makeDefault(id(1), "settings", "1", false).refusal()).contains(CommandRefusal.NOT_PERMITTED);
        assertThat(story.remove(id(1), "settings", "1", false).refusal()).contains(CommandRefusal.NOT_PERMITTED);
        assertThat(story.remove("nobody's", "settings", "1", false).refusal())
                .as("nor does it learn what there is")
                .contains(CommandRefusal.NOT_PERMITTED);
        assertThat(story.user().authenticators()).isEqualTo(before);
    }

    @Test
    void givenTheScope_whenAnUnknownAuthenticatorIsNamed_thenItIsNotFound() {
        story.enrolled().track("settings", "1");

        assertThat(story.makeDefault("nobody's", "settings", "1", true).refusal())
                .contains(CommandRefusal.NOT_FOUND);
        assertThat(story.remove("nobody's", "settings", "1", true).refusal()).contains(CommandRefusal.NOT_FOUND);
    }

    /** S19: at once, for tokens in flight too; with several, any other one's code still counts. */
    @Test
    void givenAnOpenChallengeAndTwoApps_whenOneIsRemoved_thenOnlyTheOthersCodesCount() {
        story.enrolled().track("settings", "1");
        story.enroll("settings", "1", true, OTHER_SECRET);
        story.verify("settings", "1", story.code(OTHER_SECRET, -1));
        story.track("signIn", "2");

        assertThat(story.remove(id(0), "settings", "1", true).kind()).isEqualTo(UserChangeKind.AUTHENTICATOR_DELETED);

        assertThat(story.verify("signIn", "2", 0).refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(story.verify("signIn", "2", story.code(OTHER_SECRET, 0)).result())
                .isEqualTo(VerificationResult.VERIFIED);
        assertThat(story.user().authenticators().get(0).isDefault()).isTrue();
    }

    @Test
    void givenTheLastAuthenticator_whenItsUserRemovesIt_thenTheRecoveryCodesGoWithIt() {
        story.enrolled().track("settings", "1");
        story.issueRecoveryCodes("settings", "1", true);
        var code = story.recoveryCode(0);
        story.track("signIn", "2");

        story.remove(id(0), "settings", "1", true);

        assertThat(story.user().isEnrolled()).isFalse();
        assertThat(story.recover("signIn", "2", code).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
    }

    /** P2. */
    @Test
    void givenACommandThatComesAgain_whenTheDefaultWasMovedOnSince_thenItStays() {
        appAndPhone();
        story.track("settings", "1");
        story.makeDefault(id(1), "settings", "1", true);
        var command = story.told().get(story.told().size() - 1);
        story.makeDefault(id(0), "settings", "1", true);

        story.tell(command);

        assertThat(story.user().authenticators().get(0).isDefault()).isTrue();
    }

    @Test
    void givenABlockedAction_whenItsTokenHasTheScope_thenItMayChangeNothing() {
        story.enrolled();
        acme.outcome("settings", ActionOutcome.BLOCK);
        story.track("settings", "1");

        assertThat(story.remove(id(0), "settings", "1", true).refusal()).contains(CommandRefusal.NOT_PERMITTED);
    }

    private void appAndPhone() {
        acme.method(VerificationMethod.SMS, true);
        story.enrolled().vouch(VerificationMethod.SMS, "+15550100", Optional.empty());
    }

    private String id(int index) {
        return story.user().authenticators().get(index).id();
    }
}
