package sluice.challenge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.challenge.testkit.Ada;
import sluice.challenge.testkit.Driver;
import sluice.schemas.Action;
import sluice.schemas.ActionState;
import sluice.schemas.Decision;
import sluice.schemas.Reply;
import sluice.schemas.TransitionReason;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.Verification;
import sluice.schemas.VerificationResult;
import sluice.schemas.id.DerivedId;

class ChallengeTopologyTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(folder);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenAnIngressThatWaits_whenAnActionIsDecided_thenItsTransitionAndTheReplyGoOut() {
        driver.comes(challenged(), Driver.asking("5", Ada.TRACK));

        var transition = only(driver.transitions());
        assertThat(transition.key()).isEqualTo(Ada.KEY);
        assertThat(transition.value().getTo()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(transition.value().getEventId()).isEqualTo(DerivedId.of(Ada.TRACK, "transition"));
        var reply = only(driver.replies());
        assertThat(reply.key()).isEqualTo("5");
        assertThat(reply.value().getCauseId()).isEqualTo(Ada.TRACK);
        assertThat(reply.value().getAction().getDecision()).isEqualTo(challenged());
        assertThat(reply.value().getAction().getApplied()).isEmpty();
        assertThat(reply.value().getVerification()).isNull();
    }

    @Test
    void givenHeadersOfARequest_whenItsOutcomesGoOut_thenTheHeadersStayBehind() {
        driver.comes(challenged(), Driver.asking("5", Ada.TRACK));

        assertThat(only(driver.transitions()).headers()).isEmpty();
        assertThat(only(driver.replies()).headers()).isEmpty();
    }

    @Test
    void givenAReply_whenItIsSent_thenItGoesToThePartitionThatItsKeyNames() {
        assertThat(ChallengeTopology.partitionOf("sluice.replies", "5", new Reply("cause", null, null, null), 16))
                .isEqualTo(Optional.of(Set.of(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "16", "1 ", "two", "99999999999", "\u0663"})
    void givenAReplyPartitionThatIsNone_whenAnActionIsDecided_thenNobodyIsAnswered(String partition) {
        driver.comes(challenged(), Driver.asking(partition, Ada.TRACK));

        assertThat(driver.replies()).isEmpty();
        assertThat(driver.transitions()).hasSize(1);
    }

    @Test
    void givenAPlatformThatWritesToTheLogItself_whenAnActionIsDecided_thenNobodyIsAnswered() {
        driver.comes(challenged(), Driver.silent());

        assertThat(driver.replies()).isEmpty();
        assertThat(driver.transitions()).hasSize(1);
    }

    @Test
    void givenAChallenge_whenItIsMet_thenTheActionHasSucceededAndTheReplyTellsOfTheCode() {
        driver.comes(challenged(), Driver.silent());
        driver.comes(verified(VerificationResult.VERIFIED), Driver.asking("0", "verify-1"));

        assertThat(driver.transitions())
                .extracting(each -> each.value().getTo())
                .containsExactly(ActionState.CHALLENGE_REQUIRED, ActionState.CHALLENGE_SUCCEEDED);
        var reply = only(driver.replies()).value();
        assertThat(reply.getCauseId()).isEqualTo("verify-1");
        assertThat(reply.getVerification()).isEqualTo(verified(VerificationResult.VERIFIED));
        assertThat(reply.getAction().getState()).isEqualTo(ActionState.CHALLENGE_SUCCEEDED);
    }

    @Test
    void givenACodeThatOvertookItsDecision_whenTheDecisionComes_thenTheCodeIsAppliedAndAnswered() {
        driver.comes(verified(VerificationResult.VERIFIED), Driver.asking("9", "verify-1"));
        assertThat(driver.replies()).isEmpty();
        assertThat(driver.transitions()).isEmpty();

        driver.comes(challenged(), Driver.silent());

        assertThat(driver.transitions())
                .extracting(each -> each.value().getTo())
                .containsExactly(ActionState.CHALLENGE_REQUIRED, ActionState.CHALLENGE_SUCCEEDED);
        var reply = only(driver.replies());
        assertThat(reply.key()).isEqualTo("9");
        assertThat(reply.value().getCauseId()).isEqualTo("verify-1");
        assertThat(reply.value().getVerification()).isEqualTo(verified(VerificationResult.VERIFIED));
    }

    @Test
    void p2_givenAnAppliedEvent_whenItComesAgain_thenTheSameRecordsGoOutAgain() {
        driver.comes(challenged(), Driver.asking("5", Ada.TRACK));
        driver.comes(verified(VerificationResult.VERIFIED), Driver.asking("5", "verify-1"));
        var transitions = driver.transitions();
        var verificationReply = driver.replies().get(1);
        var stored = stored();

        driver.comes(challenged(), Driver.asking("5", Ada.TRACK));
        driver.comes(verified(VerificationResult.VERIFIED), Driver.asking("5", "verify-1"));

        assertThat(driver.transitions()).isEqualTo(transitions);
        assertThat(driver.replies().get(1)).isEqualTo(verificationReply);
        assertThat(stored()).isEqualTo(stored);
    }

    @Test
    void p2_givenAClientThatTracksAgain_whenTheDecisionIsGivenAgain_thenItsOwnEventIsAnsweredAndNothingElseGoesOut() {
        driver.comes(challenged(), Driver.asking("5", Ada.TRACK));
        assertThat(driver.transitions()).hasSize(1);
        assertThat(driver.replies()).hasSize(1);

        driver.comes(challenged(), Driver.asking("2", "track-2"));

        assertThat(driver.transitions()).isEmpty();
        var reply = only(driver.replies());
        assertThat(reply.key()).isEqualTo("2");
        assertThat(reply.value().getCauseId()).isEqualTo("track-2");
    }

    @ParameterizedTest
    @EnumSource(
            value = UserChangeKind.class,
            names = {
                "ENROLMENT_STARTED",
                "AUTHENTICATOR_ADDED",
                "CODE_ISSUED",
                "AUTHENTICATOR_DELETED",
                "AUTHENTICATOR_UPDATED",
                "RECOVERY_CODES_ISSUED",
                "PROFILE_UPDATED",
                "USER_DELETED",
                "REFUSED",
                "SESSION_CREATED",
                "SESSION_REFRESHED",
                "SESSION_REVOKED",
                "SESSIONS_REVOKED",
                "SESSION_REUSE_DETECTED"
            })
    void givenACommandThatWasCarriedOut_whenItsChangeComes_thenTheReplyTellsOfIt(UserChangeKind kind) {
        driver.comes(changed(kind), Driver.asking("1", "command-1"));

        var reply = only(driver.replies()).value();
        assertThat(reply.getCauseId()).isEqualTo("command-1");
        assertThat(reply.getUserChange()).isEqualTo(changed(kind));
        assertThat(reply.getAction()).isNull();
        assertThat(driver.transitions()).isEmpty();
    }

    @Test
    void givenAnEnrolmentThatACodeFinished_whenItsChangeComes_thenOnlyTheVerificationIsTheAnswer() {
        // both carry the verify event's headers; the client would get whichever came first
        driver.comes(challenged(), Driver.silent());
        driver.comes(changed(UserChangeKind.AUTHENTICATOR_CREATED), Driver.asking("1", "verify-1"));
        driver.comes(verified(VerificationResult.VERIFIED), Driver.asking("1", "verify-1"));

        assertThat(only(driver.replies()).value().getVerification()).isNotNull();
    }

    @Test
    void givenAnAction_whenABackendSetsItsState_thenItMovesAndTheReplyHasIt() {
        driver.comes(challenged(), Driver.silent());
        driver.comes(EventMapper.toAvro(Ada.updated(1, ActionState.BLOCK, true)), Driver.asking("1", "update-1"));

        assertThat(driver.transitions())
                .extracting(each -> each.value().getReason())
                .containsExactly(TransitionReason.DECIDED, TransitionReason.UPDATED);
        var reply = only(driver.replies()).value();
        assertThat(reply.getCauseId()).isEqualTo("update-1");
        assertThat(reply.getAction().getState()).isEqualTo(ActionState.BLOCK);
    }

    @Test
    void givenNoAction_whenABackendSetsItsState_thenTheReplyHasNoneAndNothingIsStored() {
        driver.comes(EventMapper.toAvro(Ada.updated(1, ActionState.BLOCK, false)), Driver.asking("1", "update-1"));

        assertThat(only(driver.replies()).value().getAction()).isNull();
        assertThat(driver.transitions()).isEmpty();
        assertThat(stored()).isNull();
    }

    @Test
    void givenAnUpdateWithoutItsDetails_whenItComes_thenItIsADeadLetter() {
        driver.comes(changed(UserChangeKind.ACTION_UPDATED), Driver.asking("1", "update-1"));

        assertThat(driver.deadLetters()).hasSize(1);
        assertThat(driver.replies()).isEmpty();
    }

    @Test
    void p4_givenAnyInput_whenItHasBeenApplied_thenTheOwnershipIsToldOfEach() {
        driver.comes(challenged(), Driver.silent());
        driver.comes(verified(VerificationResult.REFUSED), Driver.silent());
        driver.comes(changed(UserChangeKind.REFUSED), Driver.silent());
        driver.comes(driver.topics.decisions, Ada.KEY, null, Driver.silent());
        driver.close();

        assertThat(driver.ownership)
                .containsExactly(
                        "took over 0",
                        "applied sluice.decisions",
                        "applied sluice.verifications",
                        "applied sluice.user-changes",
                        "applied sluice.decisions",
                        "released 0");
        driver = new Driver(folder);
    }

    @Test
    void givenATombstone_whenItComes_thenItIsNoFault() {
        driver.comes(driver.topics.decisions, Ada.KEY, null, Driver.silent());
        driver.comes(driver.topics.verifications, Ada.KEY, null, Driver.silent());
        driver.comes(driver.topics.userChanges, Ada.KEY, null, Driver.silent());

        assertThat(driver.deadLetters()).isEmpty();
        assertThat(driver.transitions()).isEmpty();
    }

    private Action stored() {
        return driver.actions().get(StoreKey.of(Ada.SIGN_IN));
    }

    private static Decision challenged() {
        return EventMapper.toAvro(Ada.challenged());
    }

    private static Verification verified(VerificationResult result) {
        return EventMapper.toAvro(Ada.verified(1, result));
    }

    private static UserChange changed(UserChangeKind kind) {
        return UserChange.newBuilder()
                .setEventId("change-1")
                .setCauseId("cause-1")
                .setTenantId(Ada.TENANT)
                .setUserId(Ada.USER)
                .setChangedAt(Ada.START)
                .setKind(kind)
                .build();
    }

    private static <V> TestRecord<String, V> only(List<TestRecord<String, V>> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
