package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.rules.domain.throttle.Throttle;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.CommandRefusal;
import sluice.schemas.RefusalCause;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** S20, S21: a way back to an account, as strong as what it leads back to. */
class RecoveryCodesTest {
    private final Acme acme = new Acme();
    private final Story story = new Story(acme);

    /** S20: once only, in any order. */
    @Property(tries = 50)
    void givenASet_whenItsCodesComeInAnyOrderAndAgain_thenEachIsRightOnce(
            @ForAll("orders") List<Integer> order, @ForAll @Size(16) byte[] salt) {
        var codes = codes();
        var left = RecoveryCodes.issued(issue(salt, codes), Instant.EPOCH);

        for (var index : order) {
            var typed = codes.get(index).grouped();
            assertThat(left.isSpent(typed)).isFalse();
            left = left.spend(left.unspent(typed).orElseThrow(), Instant.EPOCH);
            assertThat(left.unspent(typed)).isEmpty();
            assertThat(left.isSpent(typed)).isTrue();
        }
        assertThat(left.unspent()).isEmpty();
        assertThat(left.spent()).hasSize(RecoverySet.CODES_MAX);
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.shuffle(
                IntStream.range(0, RecoverySet.CODES_MAX).boxed().toList());
    }

    @Property(tries = 200)
    void givenASet_whenAnythingElseComes_thenItIsNeitherRightNorSpent(@ForAll @Size(15) byte[] other) {
        var codes = RecoveryCodes.issued(issue(new byte[16], codes()), Instant.EPOCH);
        var typed = RecoveryCode.of(other).grouped();

        assertThat(codes.unspent(typed)).isEmpty();
        assertThat(codes.isSpent(typed)).isFalse();
        assertThat(codes.unspent(typed.substring(1))).isEmpty();
    }

    private static List<RecoveryCode> codes() {
        return IntStream.range(0, RecoverySet.CODES_MAX)
                .mapToObj(index ->
                        RecoveryCode.of("recovery-code-%d".formatted(index).getBytes(US_ASCII)))
                .toList();
    }

    private static RecoveryCodes.NewRecoveryCodes issue(byte[] salt, List<RecoveryCode> codes) {
        return new RecoveryCodes.NewRecoveryCodes("codes", RecoverySet.of(salt, codes));
    }

    @Test
    void givenAChallengeThatWasMet_whenCodesAreAsked_thenTheyAreIssuedAndOneMeetsTheNextChallenge() {
        issued();
        story.track("signIn", "1");

        var verified = story.recover("signIn", "1", story.recoveryCode(3));

        assertThat(verified.result()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(verified.enrolled()).isFalse();
        assertThat(verified.authenticator().orElseThrow().method()).isEqualTo(VerificationMethod.RECOVERY_CODE);
        assertThat(verified.authenticator().orElseThrow().lastVerifiedAt()).contains(story.now());
        assertThat(stateOf("signIn", "1")).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    /** S20, S17. */
    @Test
    void givenASpentCode_whenItComesAgain_thenItIsAReplayForAnyAction() {
        issued();
        story.track("signIn", "1");
        story.recover("signIn", "1", story.recoveryCode(0));
        story.track("pay", "2");

        assertThat(story.recover("pay", "2", story.recoveryCode(0)).refusal()).contains(RefusalCause.REPLAYED_CODE);
        assertThat(story.recover("pay", "2", story.recoveryCode(1)).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenARedeliveredAnswer_whenItComesAgain_thenItIsAnsweredAlikeAndNothingElseIsSpent() {
        issued();
        story.track("signIn", "1");
        story.recover("signIn", "1", story.recoveryCode(0));
        var before = story.user();

        var again = story.tell(story.told().get(story.told().size() - 1));

        assertThat(again).isEqualTo(story.outcomes().get(story.outcomes().size() - 2));
        assertThat(story.user()).isEqualTo(before);
    }

    /** S21: one budget of a challenge, whatever the methods of its attempts. */
    @Test
    void givenWrongAnswersOfBothMethods_whenTheChallengesAttemptsAreUsedUp_thenNoAnswerOfEitherCounts() {
        issued();
        story.track("signIn", "1");
        for (var attempt = 1; attempt < Acme.ATTEMPTS_MAX; attempt++) {
            var refused = attempt % 2 == 0
                    ? story.recover("signIn", "1", "not a code")
                    : story.verify("signIn", "1", story.wrongCode());
            assertThat(refused.refusal()).contains(RefusalCause.WRONG_CODE);
            assertThat(refused.attempt()).isEqualTo(attempt);
        }

        assertThat(story.recover("signIn", "1", "not a code").result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(story.verify("signIn", "1", 1).result()).isEqualTo(VerificationResult.EXHAUSTED);
        assertThat(story.recover("signIn", "1", story.recoveryCode(0)).result())
                .isEqualTo(VerificationResult.EXHAUSTED);
    }

    /** S21: and one throttle of the user. */
    @Test
    void givenTenAttemptsOfBothMethods_whenARightRecoveryCodeComes_thenItIsNotLookedAt() {
        issued();
        story.after(Throttle.ATTEMPTS_WINDOW);
        for (var attempt = 0; attempt < Throttle.ATTEMPTS_MAX; attempt++) {
            var key = "try-" + attempt;
            story.track("signIn", key);
            if (attempt % 2 == 0) story.recover("signIn", key, "not a code");
            else story.verify("signIn", key, story.wrongCode());
        }
        story.track("signIn", "last");

        assertThat(story.recover("signIn", "last", story.recoveryCode(0)).result())
                .isEqualTo(VerificationResult.RATE_LIMITED);
        story.after(Throttle.ATTEMPTS_WINDOW);
        assertThat(story.recover("signIn", "last", story.recoveryCode(0)).result())
                .isEqualTo(VerificationResult.VERIFIED);
    }

    /** S21: failures of recovery codes lock the user out of everything. */
    @Test
    void givenTwentyWrongRecoveryCodes_whenTheAppsRightCodeComes_thenTheUserIsLockedOut() {
        issued();
        story.after(Throttle.ATTEMPTS_WINDOW);
        for (var attempt = 0; attempt < Throttle.FAILURES_PER_LOCK; attempt++) {
            story.track("signIn", "try-" + attempt);
            story.recover("signIn", "try-" + attempt, "not a code");
            story.after(Duration.ofMinutes(1));
        }
        story.track("signIn", "last");

        assertThat(story.verify("signIn", "last", 0).result()).isEqualTo(VerificationResult.LOCKED_OUT);
    }

    @Test
    void givenCodes_whenNewOnesAreIssued_thenTheOldCountNoMore() {
        issued();
        var old = story.recoveryCode(0);
        story.issueRecoveryCodes("settings", "met", false);
        story.track("signIn", "1");

        assertThat(story.recover("signIn", "1", old).refusal()).contains(RefusalCause.WRONG_CODE);
        assertThat(story.recover("signIn", "1", story.recoveryCode(0)).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    /** A lost phone: the code opens the door, and a new app is bound with the same token. */
    @Test
    void givenAChallengeMetByARecoveryCode_whenAnAppIsEnrolledWithItsToken_thenItIsBound() {
        issued();
        story.track("signIn", "1");
        story.recover("signIn", "1", story.recoveryCode(0));

        assertThat(story.enroll("signIn", "1", false, "another-secret-of-20".getBytes(US_ASCII))
                        .kind())
                .isEqualTo(UserChangeKind.ENROLMENT_STARTED);
    }

    /** They are no authenticator: they make nobody enrolled, and are offered first to nobody. */
    @Test
    void givenCodes_whenAnActionIsTracked_thenTheyAreAllowedButNotEnrolled() {
        issued();

        var decision = story.track("signIn", "1").decision();

        assertThat(decision.enrolledMethods()).containsExactly(VerificationMethod.AUTHENTICATOR_APP);
        assertThat(decision.allowedMethods()).contains(VerificationMethod.RECOVERY_CODE);
        assertThat(decision.defaultMethod()).contains(VerificationMethod.AUTHENTICATOR_APP);
    }

    @Test
    void givenNoCodes_whenOneIsTried_thenThereIsNothingToCheckIt() {
        story.enrolled().track("signIn", "1");

        assertThat(story.recover("signIn", "1", "000000-000000-000000-000000").refusal())
                .contains(RefusalCause.NO_AUTHENTICATOR);
    }

    @Test
    void givenATenantThatHasDeactivatedThem_whenUsedOrAsked_thenTheyAreRefused() {
        issued();
        story.track("signIn", "1");
        acme.method(VerificationMethod.RECOVERY_CODE, false);

        assertThat(story.recover("signIn", "1", story.recoveryCode(0)).refusal())
                .contains(RefusalCause.METHOD_NOT_ALLOWED);
        assertThat(story.issueRecoveryCodes("settings", "met", true).refusal())
                .contains(CommandRefusal.METHOD_NOT_ACTIVATED);
        assertThat(story.vouch(VerificationMethod.SMS, "+15550100", Optional.empty())
                        .recoveryCodes())
                .isEmpty();
    }

    /** An action that names its methods means them. */
    @Test
    void givenAnActionOfCertainMethods_whenARecoveryCodeComes_thenItCountsOnlyIfItIsListed() {
        issued();
        acme.methods("transfer", "AUTHENTICATOR_APP");
        story.track("transfer", "1");
        acme.methods("signIn", "AUTHENTICATOR_APP", "RECOVERY_CODE");
        story.track("signIn", "2");

        assertThat(story.recover("transfer", "1", story.recoveryCode(0)).refusal())
                .contains(RefusalCause.METHOD_NOT_ALLOWED);
        assertThat(story.recover("signIn", "2", story.recoveryCode(0)).result()).isEqualTo(VerificationResult.VERIFIED);
    }

    @Test
    void givenAUserWithoutAnAuthenticator_whenTheyAskForCodes_thenThereIsNothingToRecover() {
        story.track("enroll", "1");

        assertThat(story.issueRecoveryCodes("enroll", "1", true).refusal()).contains(CommandRefusal.NOT_PERMITTED);
        assertThat(story.user().recoveryCodes()).isEmpty();
    }

    /** S18: codes are a factor, and it takes as much to have them as to bind one. */
    @Test
    void givenAChallengeOnlyToken_whenItAsksForCodes_thenTheOldOnesStay() {
        issued();
        var before = story.user().recoveryCodes();
        story.track("signIn", "1");

        assertThat(story.issueRecoveryCodes("signIn", "1", false).refusal()).contains(CommandRefusal.NOT_PERMITTED);
        assertThat(story.user().recoveryCodes()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = ActionOutcome.class,
            names = {"BLOCK", "REVIEW"})
    void givenAnActionThatWasStopped_whenItsTokenAsksForCodes_thenTheScopeDoesNotHelp(ActionOutcome outcome) {
        story.enrolled();
        acme.outcome("settings", outcome);
        story.track("settings", "stopped");

        assertThat(story.issueRecoveryCodes("settings", "stopped", true).refusal())
                .contains(CommandRefusal.NOT_PERMITTED);
    }

    @Test
    void givenCodes_whenTheLastAuthenticatorOrTheUserIsDeleted_thenTheyGoToo() {
        issued();
        story.vouch(VerificationMethod.SMS, "+15550100", Optional.empty());
        var app = story.user().authenticators().get(0).id();
        var phone = story.user().authenticators().get(1).id();

        story.deleteAuthenticator(app);
        assertThat(story.user().recoveryCodes()).isPresent();
        story.deleteAuthenticator(phone);
        assertThat(story.user().recoveryCodes()).isEmpty();

        story.vouch(VerificationMethod.SMS, "+15550100", Optional.empty());
        assertThat(story.user().recoveryCodes()).isPresent();
        story.deleteUser();
        assertThat(story.user().recoveryCodes()).isEmpty();
    }

    /** Contract section 3, enroll verified. */
    @Test
    void givenABackendThatVouches_whenTheUserHasNoCodesLeft_thenItGetsSomeAndElseNone() {
        var first = story.vouch(VerificationMethod.SMS, "+15550100", Optional.empty());
        assertThat(first.recoveryCodes().orElseThrow().method()).isEqualTo(VerificationMethod.RECOVERY_CODE);
        assertThat(story.vouch(VerificationMethod.SMS, "+15550101", Optional.empty())
                        .recoveryCodes())
                .isEmpty();

        for (var index = 0; index < RecoverySet.CODES_MAX; index++) {
            story.after(Duration.ofMinutes(1)).track("signIn", "use-" + index);
            story.recover("signIn", "use-" + index, story.recoveryCode(index));
        }
        assertThat(story.vouch(VerificationMethod.SMS, "+15550102", Optional.empty())
                        .recoveryCodes())
                .isPresent();
    }

    /** A user with an app who has met a challenge, and has codes. */
    private void issued() {
        story.enrolled().track("settings", "met");
        story.verify("settings", "met", 0);
        var changed = story.issueRecoveryCodes("settings", "met", false);
        assertThat(changed.kind()).isEqualTo(UserChangeKind.RECOVERY_CODES_ISSUED);
        assertThat(changed.recoveryCodes()).isPresent();
    }

    private ActionState stateOf(String actionCode, String idempotencyKey) {
        return story.user()
                .recentAction(new ActionKey(actionCode, idempotencyKey))
                .orElseThrow()
                .state();
    }
}
