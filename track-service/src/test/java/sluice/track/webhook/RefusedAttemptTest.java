package sluice.track.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.schemas.RefusalCause;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** S17, S24: what a tenant is told of attempts; its fields are a promise. */
class RefusedAttemptTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:05.250Z");

    @ParameterizedTest
    @CsvSource({"REFUSED, 2", "EXHAUSTED, 5", "LOCKED_OUT, 1"})
    void s17_givenACodeOfAnAppThatCameAgain_whenTold_thenItIsAReplay(VerificationResult result, int attempt) {
        var event = RefusedAttempt.of(verification(result, RefusalCause.REPLAYED_CODE, attempt))
                .orElseThrow();

        assertThat(event.type()).isEqualTo(EventType.TOTP_REPLAY_REFUSED);
        assertThat(event.id()).isEqualTo("event");
        assertThat(event.body())
                .isEqualTo(("{'version':1,'type':'totp.replay_refused','id':'event','source':'sluice',"
                                + "'time':'2026-01-31T12:00:05.250Z','tenantId':'acme',"
                                + "'data':{'userId':'ada','actionCode':'signIn','idempotencyKey':'key',"
                                + "'verificationMethod':'AUTHENTICATOR_APP','result':'" + result
                                + "','cause':'REPLAYED_CODE','attempt':" + attempt + "}}")
                        .replace('\'', '"'));
    }

    @Test
    void s24_givenALockOut_whenTold_thenItSaysUntilWhen() {
        var locked = verification(VerificationResult.LOCKED_OUT, RefusalCause.WRONG_CODE, 3);
        locked.setRetryAt(AT.plusSeconds(900));

        var event = RefusedAttempt.of(locked).orElseThrow();

        assertThat(event.type()).isEqualTo(EventType.ATTEMPT_REFUSED);
        assertThat(event.body()).contains("\"retryAt\":\"2026-01-31T12:15:05.250Z\"");
    }

    /** Beyond the rate nothing is told of each: who floods Sluice is not to flood the tenant too. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED, WRONG_CODE, true",
        "REFUSED, REPLAYED_CODE, true",
        "REFUSED, NO_AUTHENTICATOR, false",
        "REFUSED, UNKNOWN_CHALLENGE, false",
        "REFUSED, CHALLENGE_FINISHED, false",
        "REFUSED, METHOD_NOT_ALLOWED, false",
        "REFUSED, APPROVAL_NEEDED, false",
        "EXHAUSTED, , true",
        "LOCKED_OUT, , true",
        "RATE_LIMITED, , false",
        "EXPIRED, CHALLENGE_EXPIRED, false",
        "VERIFIED, , false"
    })
    void s24_givenAnAttempt_whenItMayBeSomebodyElses_thenItIsToldOfAndElseNot(
            VerificationResult result, RefusalCause cause, boolean isTold) {
        var told = RefusedAttempt.of(verification(result, cause, 1));

        assertThat(told.isPresent()).isEqualTo(isTold);
    }

    @Test
    void s24_givenAPasskeysAnswerThatCameAgain_whenTold_thenItIsNoReplayOfACode() {
        var replayed = verification(VerificationResult.REFUSED, RefusalCause.REPLAYED_CODE, 1);
        replayed.setMethod(VerificationMethod.PASSKEY);

        assertThat(RefusedAttempt.of(replayed).map(WebhookEvent::type))
                .isEqualTo(Optional.of(EventType.ATTEMPT_REFUSED));
    }

    /** E6: whatever ids say, a body says of them what they are and has no field more. */
    @Property(tries = 200)
    void e6_givenAnyIds_whenTold_thenTheBodySaysThemAndNothingElse(
            @ForAll String userId, @ForAll("likeJson") String idempotencyKey) throws JsonProcessingException {
        var verification = verification(VerificationResult.REFUSED, RefusalCause.WRONG_CODE, 1);
        verification.setUserId(userId);
        verification.setIdempotencyKey(idempotencyKey);

        var body = RefusedAttempt.of(verification).orElseThrow().body();

        var told = new ObjectMapper().readTree(body);
        assertThat(body).doesNotContainPattern("[\\r\\n\\x00]");
        assertThat(told.size()).isEqualTo(7);
        assertThat(told.get("data").size()).isEqualTo(7);
        assertThat(told.get("data").get("userId").textValue()).isEqualTo(userId);
        assertThat(told.get("data").get("idempotencyKey").textValue()).isEqualTo(idempotencyKey);
    }

    @Provide
    Arbitrary<String> likeJson() {
        return Arbitraries.strings().withChars("{}[]:,'\"\\/ \n\0ab").ofMaxLength(40);
    }

    private static Verification verification(VerificationResult result, RefusalCause cause, int attempt) {
        return Verification.newBuilder()
                .setEventId("event")
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("signIn")
                .setIdempotencyKey("key")
                .setVerifiedAt(AT)
                .setResult(result)
                .setCause(cause)
                .setMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setAttempt(attempt)
                .setEnrolled(false)
                .build();
    }
}
