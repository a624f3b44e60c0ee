package sluice.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import sluice.schemas.Action;
import sluice.schemas.ActionConfiguration;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.Actor;
import sluice.schemas.AggregateWindow;
import sluice.schemas.AuditCheckpoint;
import sluice.schemas.Authenticator;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.ConfigurationKind;
import sluice.schemas.Count;
import sluice.schemas.CredentialKind;
import sluice.schemas.Decision;
import sluice.schemas.EpochKey;
import sluice.schemas.ExpireAction;
import sluice.schemas.ObservationKind;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.Owner;
import sluice.schemas.Reply;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalKind;
import sluice.schemas.SignalObservation;
import sluice.schemas.TrackEvent;
import sluice.schemas.TransitionReason;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.VerifyEvent;

/** One story: Ada signs in, is challenged, answers wrongly and then rightly, 14.2 s after her action was tracked. */
final class Examples {
    private static final String TENANT = "acme";
    private static final String USER = "ada";
    private static final String ACTION = "signIn";
    private static final String KEY = "5d3b1c52-5d0e-4a51-9f57-7a0a3f1f6f0b";
    private static final String TRACKED = "0b9a7b7e-1f0c-4a3e-8d8a-2f5b4c6d7e8f";
    private static final String ANSWERED = "b1e2a7c4-3d58-4c19-8a6f-0e9d7c5b4a32";
    private static final String AUTHENTICATOR = "0c7d4a0e-8a52-4a36-b0f5-4f8f0f6c2f11";
    private static final Instant START = Instant.ofEpochMilli(1_795_557_600_000L);
    private static final Instant END = START.plusMillis(14_200);
    private static final Instant LAPSE = START.plusSeconds(600);
    private static final VerificationMethod METHOD = VerificationMethod.AUTHENTICATOR_APP;

    private static final Actor BACKEND = new Actor(CredentialKind.SERVER_SECRET, "5f0c3a1be2d4", "track");
    private static final Actor CLIENT =
            new Actor(CredentialKind.CLIENT_TOKEN, "2d9c6f9e-8a3b-4c55-9e0d-7b1a2c3d4e5f", "verifyTotp");
    private static final Actor ENDING = new Actor(CredentialKind.SLUICE, null, "expire-challenge");

    static final TrackEvent TRACK_EVENT = TrackEvent.newBuilder()
            .setEventId(TRACKED)
            .setTenantId(TENANT)
            .setUserId(USER)
            .setActionCode(ACTION)
            .setIdempotencyKey(KEY)
            .setReceivedAt(START)
            .setBy(BACKEND)
            .build();

    static final VerifyEvent VERIFY_EVENT = VerifyEvent.newBuilder()
            .setEventId(ANSWERED)
            .setTenantId(TENANT)
            .setUserId(USER)
            .setActionCode(ACTION)
            .setIdempotencyKey(KEY)
            .setMethod(METHOD)
            .setSealedCode(ByteBuffer.wrap("sealed".getBytes(UTF_8)))
            .setReceivedAt(END)
            .setConfigurationVersion(4L)
            .setBy(CLIENT)
            .build();

    static final UserCommand USER_COMMAND = UserCommand.newBuilder()
            .setEventId("7a1f1d1e-6f0b-3f8e-9b0a-1c2d3e4f5a6b")
            .setTenantId(TENANT)
            .setUserId(USER)
            .setReceivedAt(LAPSE)
            .setKind(UserCommandKind.EXPIRE_ACTION)
            .setExpireAction(ExpireAction.newBuilder()
                    .setActionCode(ACTION)
                    .setIdempotencyKey(KEY)
                    .build())
            .setBy(ENDING)
            .build();

    static final Decision DECISION = Decision.newBuilder()
            .setEventId("3c7f0e2d-9b1a-3e4f-8c5d-6a7b8c9d0e1f")
            .setCauseId(TRACKED)
            .setTenantId(TENANT)
            .setUserId(USER)
            .setActionCode(ACTION)
            .setIdempotencyKey(KEY)
            .setDecidedAt(START)
            .setOutcome(ActionOutcome.CHALLENGE)
            .setState(ActionState.CHALLENGE_REQUIRED)
            .setConfigurationVersion(4)
            .setIsEnrolled(true)
            .setEnrolledVerificationMethods(List.of(METHOD))
            .setAllowedVerificationMethods(List.of(METHOD))
            .setExpiresAt(LAPSE)
            .setBy(BACKEND)
            .build();

    private static final Authenticator APP = Authenticator.newBuilder()
            .setAuthenticatorId(AUTHENTICATOR)
            .setMethod(METHOD)
            .setCreatedAt(START.minusSeconds(86_400))
            .setVerifiedAt(START.minusSeconds(86_350))
            .setLastVerifiedAt(END)
            .setIsDefault(true)
            .build();

    static final Verification VERIFICATION = Verification.newBuilder()
            .setEventId("9f8e7d6c-5b4a-3928-8716-05f4e3d2c1b0")
            .setCauseId(ANSWERED)
            .setTenantId(TENANT)
            .setUserId(USER)
            .setActionCode(ACTION)
            .setIdempotencyKey(KEY)
            .setVerifiedAt(END)
            .setResult(VerificationResult.VERIFIED)
            .setMethod(METHOD)
            .setAttempt(2)
            .setAuthenticator(APP)
            .setEnrolled(false)
            .setBy(CLIENT)
            .build();

    static final UserChange USER_CHANGE = UserChange.newBuilder()
            .setEventId("4d3c2b1a-0f9e-3d8c-9b7a-6f5e4d3c2b1a")
            .setCauseId("c0ffee00-1234-4abc-8def-0123456789ab")
            .setTenantId(TENANT)
            .setUserId(USER)
            .setChangedAt(START.minusSeconds(86_350))
            .setKind(UserChangeKind.AUTHENTICATOR_CREATED)
            .setAuthenticator(APP)
            .setBy(CLIENT)
            .build();

    static final ChallengeTransition CHALLENGE_TRANSITION = ChallengeTransition.newBuilder()
            .setEventId("e6ba829b-0e1a-3050-a8bc-dba1f3340d53")
            .setCauseId(ANSWERED)
            .setTenantId(TENANT)
            .setUserId(USER)
            .setActionCode(ACTION)
            .setIdempotencyKey(KEY)
            .setFrom(ActionState.CHALLENGE_REQUIRED)
            .setTo(ActionState.CHALLENGE_SUCCEEDED)
            .setTransitionedAt(END)
            .setReason(TransitionReason.VERIFIED)
            .setConfigurationVersion(4)
            .setAttempt(2)
            .setVerificationMethod(METHOD)
            .setAuthenticatorId(AUTHENTICATOR)
            .setLatencyMillis(14_200)
            .setBy(CLIENT)
            .build();

    static final Reply REPLY = Reply.newBuilder()
            .setCauseId(TRACKED)
            .setAction(Action.newBuilder()
                    .setTenantId(TENANT)
                    .setUserId(USER)
                    .setActionCode(ACTION)
                    .setIdempotencyKey(KEY)
                    .setState(ActionState.CHALLENGE_REQUIRED)
                    .setStateUpdatedAt(START)
                    .setDecision(DECISION)
                    .setExpiresAt(LAPSE)
                    .build())
            .build();

    static final ConfigurationChange CONFIGURATION_CHANGE = ConfigurationChange.newBuilder()
            .setChangeId("8e7d6c5b-4a39-4281-9706-f5e4d3c2b1a0")
            .setTenantId(TENANT)
            .setKind(ConfigurationKind.ACTION)
            .setKey(ACTION)
            .setBasedOn(0)
            .setChangedAt(START.minusSeconds(172_800))
            .setChangedBy("management")
            .setAction(ActionConfiguration.newBuilder()
                    .setDefaultUserActionResult(ActionOutcome.CHALLENGE)
                    .build())
            .setBy(new Actor(CredentialKind.MANAGEMENT_SECRET, "c41d20b97e5a", "createActionConfiguration"))
            .setCauseId("6f5e4d3c-2b1a-4098-8f7e-6d5c4b3a2910")
            .build();

    static final EpochKey EPOCH_KEY = EpochKey.newBuilder()
            .setFrom(START.truncatedTo(ChronoUnit.DAYS))
            .setTo(START.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS))
            .setSealedKey(ByteBuffer.wrap("sealed".getBytes(UTF_8)))
            .build();

    static final Owner OWNER = Owner.newBuilder()
            .setService("rules-processor")
            .setPartition(3)
            .setEndpoint("http://127.0.0.1:39217")
            .setSince(START.minusSeconds(3_600))
            .build();

    static final SignalObservation SIGNAL_OBSERVATION = SignalObservation.newBuilder()
            .setEventId("1b2c3d4e-5f60-3718-8293-a4b5c6d7e8f9")
            .setTenantId(TENANT)
            .setSignal(SignalKind.ADDRESS)
            .setKind(ObservationKind.USER)
            .setWho(-4_512_312_345_678_901_234L)
            .setObservedAt(START)
            .build();

    static final SignalCounts SIGNAL_COUNTS = SignalCounts.newBuilder()
            .setCountedAt(START)
            .setKeyCheck("q3Jk")
            .setUsersByMinute(List.of(Count.newBuilder()
                    .setIndex(START.getEpochSecond() / 60)
                    .setCount(2)
                    .build()))
            .build();

    static final AuditCheckpoint AUDIT_CHECKPOINT = AuditCheckpoint.newBuilder()
            .setTopic("challenge-transitions")
            .setPartition(0)
            .setFrom(0)
            .setTo(1_200)
            .setRecords(1_200)
            .setHash(ByteBuffer.allocate(32))
            .setLastAt(START)
            .setPublicKey(ByteBuffer.allocate(32))
            .setSignature(ByteBuffer.allocate(64))
            .build();

    /** Two sign-ins of an hour that were met, in 14.2 s and in 3 s. */
    static final OutcomeAggregate OUTCOME_AGGREGATE = OutcomeAggregate.newBuilder()
            .setTenantId(TENANT)
            .setWindow(AggregateWindow.HOUR)
            .setStart(START.truncatedTo(ChronoUnit.HOURS))
            .setPartition(0)
            .setActionCode("signIn")
            .setState(ActionState.CHALLENGE_SUCCEEDED)
            .setReason(TransitionReason.VERIFIED)
            .setVerificationMethod(VerificationMethod.AUTHENTICATOR_APP)
            .setCount(2)
            .setLatencyMillisSum(17_200)
            .setLatencyMillisMax(14_200)
            .setLatencyCounts(List.of(0L, 0L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L))
            .setOffset(1_199)
            .build();

    private Examples() {}
}
