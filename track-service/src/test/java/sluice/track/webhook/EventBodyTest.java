package sluice.track.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.schemas.ActionState;
import sluice.schemas.Authenticator;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.TransitionReason;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.VerificationMethod;

/** Bodies as receivers get them: their fields are a promise. */
class EventBodyTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:05.250Z");
    private static final String ENVELOPE =
            "'version':1,'type':'%s','id':'event','source':'sluice','time':'2026-01-31T12:00:05.250Z','tenantId':'acme'";

    @Test
    void givenAChallengeThatWasMet_whenTold_thenItIsALogEventInABatchOfOne() {
        var event = EventBody.of(transition(ActionState.CHALLENGE_SUCCEEDED, TransitionReason.VERIFIED)
                .setFrom(ActionState.CHALLENGE_REQUIRED)
                .setVerificationMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setAuthenticatorId("app")
                .setRuleIds(List.of("rule"))
                .setLatencyMillis(5250)
                .build());

        assertThat(event.type()).isEqualTo(EventType.ACTION_LOG_CREATED);
        assertThat(event.id()).isEqualTo("event");
        assertThat(event.body())
                .isEqualTo(json("{'records':[{" + ENVELOPE.formatted("action.log_created")
                        + ",'record':{'tenantId':'acme','userId':'ada','actionCode':'signIn','idempotencyKey':'key',"
                        + "'createdAt':'2026-01-31T12:00:00.000Z','updatedAt':'2026-01-31T12:00:05.250Z',"
                        + "'state':'CHALLENGE_SUCCEEDED','stateUpdatedAt':'2026-01-31T12:00:05.250Z','reason':'VERIFIED',"
                        + "'previousState':'CHALLENGE_REQUIRED','verificationMethod':'AUTHENTICATOR_APP',"
                        + "'userAuthenticatorId':'app','rules':[{'ruleId':'rule'}]}}]}"));
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, ALLOW", "BLOCK, BLOCK", "CHALLENGE_REQUIRED, CHALLENGE", "REVIEW_REQUIRED, REVIEW"})
    void givenADecision_whenTold_thenItsOutcomeIsThere(ActionState state, String outcome) {
        var event = EventBody.of(transition(state, TransitionReason.DECIDED).build());

        assertThat(event.body())
                .contains("\"outcome\":\"" + outcome + "\"", "\"state\":\"" + state + "\"")
                .doesNotContain("previousState", "verificationMethod", "rules", "null");
    }

    @Test
    void givenAnUpdate_whenTold_thenNoOutcomeIsGuessed() {
        var event = EventBody.of(transition(ActionState.ALLOW, TransitionReason.UPDATED)
                .setFrom(ActionState.REVIEW_REQUIRED)
                .build());

        assertThat(event.body()).doesNotContain("outcome");
    }

    @ParameterizedTest
    @EnumSource(
            value = UserChangeKind.class,
            names = {"AUTHENTICATOR_CREATED", "AUTHENTICATOR_ADDED"})
    void givenANewAuthenticator_whenTold_thenItsContactIsNot(UserChangeKind kind) {
        var event = EventBody.of(change(kind)).orElseThrow();

        assertThat(event.type()).isEqualTo(EventType.AUTHENTICATOR_CREATED);
        assertThat(event.body())
                .isEqualTo(json("{" + ENVELOPE.formatted("authenticator.created")
                        + ",'data':{'userId':'ada','userAuthenticatorId':'app','verificationMethod':'SMS',"
                        + "'createdAt':'2026-01-31T12:00:05.250Z'}}"));
    }

    @Test
    void givenAnAuthenticatorThatWent_whenTold_thenItIsSaidWhen() {
        var event = EventBody.of(change(UserChangeKind.AUTHENTICATOR_DELETED)).orElseThrow();

        assertThat(event.type()).isEqualTo(EventType.AUTHENTICATOR_DELETED);
        assertThat(event.body()).contains("\"deletedAt\":\"2026-01-31T12:00:05.250Z\"");
    }

    @Test
    void givenAUserWhoWent_whenTold_thenItIsAnEventOfItsOwn() {
        var event = EventBody.of(change(UserChangeKind.USER_DELETED)).orElseThrow();

        assertThat(event.body())
                .isEqualTo(json("{" + ENVELOPE.formatted("user.deleted")
                        + ",'data':{'userId':'ada','deletedAt':'2026-01-31T12:00:05.250Z'}}"));
    }

    @ParameterizedTest
    @EnumSource(
            value = UserChangeKind.class,
            names = {"UNKNOWN", "ENROLMENT_STARTED", "PROFILE_UPDATED", "REFUSED", "ACTION_UPDATED", "CODE_ISSUED"})
    void givenAChangeOfAnotherKind_whenRead_thenNobodyIsTold(UserChangeKind kind) {
        assertThat(EventBody.of(change(kind))).isEqualTo(Optional.empty());
    }

    private static ChallengeTransition.Builder transition(ActionState to, TransitionReason reason) {
        return ChallengeTransition.newBuilder()
                .setEventId("event")
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("signIn")
                .setIdempotencyKey("key")
                .setTo(to)
                .setTransitionedAt(AT)
                .setReason(reason)
                .setConfigurationVersion(1)
                .setAttempt(0)
                .setLatencyMillis(0);
    }

    private static UserChange change(UserChangeKind kind) {
        return UserChange.newBuilder()
                .setEventId("event")
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setChangedAt(AT)
                .setKind(kind)
                .setAuthenticator(Authenticator.newBuilder()
                        .setAuthenticatorId("app")
                        .setMethod(VerificationMethod.SMS)
                        .setCreatedAt(AT)
                        .setIsDefault(true)
                        .setSealedContact(ByteBuffer.wrap(new byte[] {1}))
                        .build())
                .build();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
