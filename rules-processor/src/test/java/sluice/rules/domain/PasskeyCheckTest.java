package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.webauthn.Passkey;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Browser;
import sluice.rules.testkit.SoftKey;
import sluice.rules.testkit.Story;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.LookupField;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

class PasskeyCheckTest {
    private final Acme acme = new Acme().passkeys(true);
    private final Story story = new Story(acme);
    private final SoftKey key = SoftKey.of("ES256");

    @Test
    void givenANewUser_whenThePasskeyIsBound_thenItIsTheirsAndTheActionSucceeds() {
        story.track("enroll", "first");
        var started = story.enrollPasskey("enroll", "first", false);

        var bound = story.answer("enroll", "first", registration(started));

        assertThat(bound.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(bound.enrolled()).isTrue();
        assertThat(story.outcomes().get(2)).last().isInstanceOfSatisfying(Outcome.Changed.class, changed -> assertThat(
                        changed.kind())
                .isEqualTo(UserChangeKind.AUTHENTICATOR_CREATED));
        assertThat(stateOf("enroll", "first")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
        assertThat(story.user().enrolledMethods()).containsExactly(VerificationMethod.PASSKEY);
        assertThat(story.user().pendingEnrolment()).isEmpty();
        assertThat(passkey().credentialId()).isEqualTo(key.credentialId());
        assertThat(bound.authenticator().orElseThrow().isDefault()).isTrue();
    }

    @Test
    void givenABoundPasskey_whenItAnswersAChallenge_thenItSucceeds() {
        bound().track("signIn", "1");

        var verified = story.answer("signIn", "1", assertion("challenge-1", "signIn", "1"));

        assertThat(verified.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verified.enrolled()).isFalse();
        assertThat(verified.authenticator().orElseThrow().lastVerifiedAt()).contains(story.now());
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    @Test
    void givenAPasskeyOnTwoDevices_whenItAnswers_thenTheLastThatWasNamedIsKnown() {
        bound().track("signIn", "1");
        assertThat(passkey().deviceId()).isEmpty();

        story.answer("signIn", "1", Browser.from("phone", assertion("challenge-1", "signIn", "1")));
        story.answer("signIn", "1", Browser.from("laptop", assertion("challenge-2", "signIn", "1")));
        story.answer("signIn", "1", assertion("challenge-3", "signIn", "1"));

        assertThat(passkey().deviceId()).contains("laptop");
    }

    /** ADR 15. */
    @Test
    void givenABoundPasskey_whenItIsRemoved_thenItsUserIsFoundByItNoMore() {
        bound();
        var key = LookupKey.of(LookupField.CREDENTIAL_ID, passkey().credentialId())
                .orElseThrow();
        assertThat(LookupKey.allOf(story.user())).contains(key);

        story.deleteAuthenticator(story.user().authenticators().get(0).id());

        assertThat(LookupKey.allOf(story.user())).doesNotContain(key);
    }

    /** S1, P5: neither the same answer again, nor a new signature over the same challenge. */
    @Test
    void givenAnAnswerThatWasAccepted_whenItsChallengeIsAnsweredAgain_thenItIsAReplay() {
        bound().track("signIn", "1");
        var answer = assertion("challenge-1", "signIn", "1");
        story.answer("signIn", "1", answer);

        assertThat(story.answer("signIn", "1", answer).refusal()).contains(RefusalCause.REPLAYED_CODE);
        assertThat(story.answer("signIn", "1", assertion("challenge-1", "signIn", "1"))
                        .refusal())
                .contains(RefusalCause.REPLAYED_CODE);
        assertThat(story.answer("signIn", "1", assertion("challenge-2", "signIn", "1"))
                        .result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    /** P5: by the user as the store has them, whatever was forgotten of the event itself. */
    @Test
    void givenAnAnswerThatWasAccepted_whenItsEventComesAgain_thenTheAnswerIsTheSameAndNothingChanges() {
        bound().track("signIn", "1");
        var event = story.answering("signIn", "1", assertion("challenge-1", "signIn", "1"));
        var first = story.tell(event);
        var after = story.user();

        assertThat(story.tell(event)).isEqualTo(first);
        assertThat(story.user()).isEqualTo(after);
    }

    @Test
    void givenChallengesThatWereAnswered_whenTheyHaveLapsed_thenTheyAreForgotten() {
        bound();
        for (var i = 0; i < 5; i++) {
            story.after(Acme.LIFETIME).track("signIn", "key-" + i);
            story.answer("signIn", "key-" + i, assertion("challenge-" + i, "signIn", "key-" + i));
        }

        assertThat(passkey().spent()).hasSize(1);
    }

    @Test
    void givenAChallengeOfAnotherActionOrUser_whenItIsAnswered_thenItIsWrong() {
        bound().track("signIn", "1");
        story.track("pay", "2");
        var lapse = story.now().plus(Acme.LIFETIME);

        assertWrong(story.answer("pay", "2", assertion("challenge-1", "signIn", "1")));
        assertWrong(story.answer("signIn", "1", assertion("challenge-1", "signIn", "2")));
        assertWrong(story.answer(
                "signIn", "1", Browser.assertion(key, "challenge-1", "signIn", "1", lapse, Optional.of("bob"))));
        assertThat(story.answer(
                                "signIn",
                                "1",
                                Browser.assertion(key, "challenge-1", "signIn", "1", lapse, Optional.of(Story.USER)))
                        .result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAChallengeThatHasLapsed_whenItIsAnswered_thenItIsWrong() {
        bound().track("signIn", "1");
        var answer =
                Browser.assertion(key, "challenge-1", "signIn", "1", story.now().plusSeconds(60));
        story.after(Duration.ofSeconds(60));

        assertWrong(story.answer("signIn", "1", answer));
    }

    @Test
    void givenAPasskeyThatIsNotTheUsers_whenItAnswers_thenItIsAnAttemptLikeAnyOther() {
        bound().track("signIn", "1");
        var stranger = SoftKey.of("ES256");

        for (var attempt = 1; attempt < Acme.ATTEMPTS_MAX; attempt++) {
            var refused = story.answer(
                    "signIn",
                    "1",
                    Browser.assertion(stranger, "c", "signIn", "1", story.now().plus(Acme.LIFETIME)));
            assertWrong(refused);
            assertThat(refused.attempt()).isEqualTo(attempt);
        }
        assertThat(story.answer("signIn", "1", "{}").result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(story.answer("signIn", "1", assertion("challenge-1", "signIn", "1"))
                        .result())
                .isEqualTo(VerificationResult.EXHAUSTED);
    }

    @Test
    void givenAUserWithoutPasskeys_whenOneAnswers_thenThereIsNothingToCheck() {
        story.enrolled().track("signIn", "1");

        assertThat(story.answer("signIn", "1", assertion("challenge-1", "signIn", "1"))
                        .refusal())
                .contains(RefusalCause.NO_AUTHENTICATOR);
    }

    /** S3: the challenge of an enrolment is spent with it. */
    @Test
    void givenABoundPasskey_whenItsRegistrationComesAgain_thenItIsNotBoundTwice() {
        story.track("enroll", "first");
        var started = story.enrollPasskey("enroll", "first", false);
        var registration = registration(started);
        story.answer("enroll", "first", registration);

        assertThat(story.answer("enroll", "first", registration).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
        var again = story.enrollPasskey("enroll", "first", true);
        assertWrong(story.answer("enroll", "first", registration(again)));
        assertThat(story.user().authenticators()).hasSize(1);
    }

    @Test
    void givenAnEnrolmentThatWasStartedAgain_whenTheFirstIsFinished_thenItIsRefused() {
        story.track("enroll", "first");
        var first = story.enrollPasskey("enroll", "first", false);
        story.enrollPasskey("enroll", "first", false);

        assertThat(story.answer("enroll", "first", registration(first)).refusal())
                .contains(RefusalCause.NO_AUTHENTICATOR);
    }

    /** S18: as for any other method. */
    @Test
    void givenAnEnrolledUser_whenAPasskeyIsToBeBoundWithoutTheScope_thenItIsRefused() {
        bound().track("enroll", "second");

        assertThat(story.enrollPasskey("enroll", "second", false).refusal())
                .contains(CommandRefusal.BINDING_NOT_ALLOWED);
        assertThat(story.enrollPasskey("enroll", "second", true).refusal()).isEmpty();
    }

    @Test
    void givenATenantWithoutPasskeys_whenOneIsToBeBound_thenItIsRefused() {
        acme.passkeys(false);
        story.track("enroll", "first");

        assertThat(story.enrollPasskey("enroll", "first", false).refusal())
                .contains(CommandRefusal.METHOD_NOT_ACTIVATED);
    }

    @Test
    void givenAPendingPasskey_whenItsChallengeIsTriedAsATotpSecret_thenThereIsNothingToCheck() {
        story.track("enroll", "first");
        story.enrollPasskey("enroll", "first", false);

        assertThat(story.verify("enroll", "first", 0).refusal()).contains(RefusalCause.NO_AUTHENTICATOR);
    }

    private Story bound() {
        story.track("enroll", "first");
        story.answer("enroll", "first", registration(story.enrollPasskey("enroll", "first", false)));
        return story;
    }

    private String registration(Outcome.Changed started) {
        return Browser.registration(
                key,
                started.authenticator().orElseThrow().authenticatorId(),
                started.cause().eventId());
    }

    private String assertion(String challenge, String actionCode, String idempotencyKey) {
        return Browser.assertion(
                key, challenge, actionCode, idempotencyKey, story.now().plus(Acme.LIFETIME));
    }

    private static void assertWrong(Outcome.Verified verified) {
        assertThat(verified.refusal()).contains(RefusalCause.WRONG_CODE);
    }

    private Passkey passkey() {
        return story.user().authenticators().get(0).passkey().orElseThrow();
    }

    private ActionState stateOf(String actionCode, String idempotencyKey) {
        return story.user()
                .recentAction(new ActionKey(actionCode, idempotencyKey))
                .orElseThrow()
                .state();
    }
}
