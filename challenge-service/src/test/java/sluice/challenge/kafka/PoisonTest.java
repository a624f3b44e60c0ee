package sluice.challenge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.challenge.testkit.Ada;
import sluice.challenge.testkit.Driver;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.Decision;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

/** Topics are public: what anybody may write there goes to the dead letters, and the partition goes on (P6). */
class PoisonTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(folder);
        driver.comes(EventMapper.toAvro(Ada.challenged()), Driver.silent());
        driver.transitions();
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    static Stream<String> unsoundDecisions() {
        return UNSOUND_DECISIONS.keySet().stream();
    }

    private static final Map<String, Consumer<Decision>> UNSOUND_DECISIONS = Map.of(
            "of a state that came later", decision -> decision.setState(ActionState.UNKNOWN),
            "that says the challenge is met", decision -> decision.setState(ActionState.CHALLENGE_SUCCEEDED),
            "of an outcome that came later", decision -> decision.setOutcome(ActionOutcome.UNKNOWN),
            "of a challenge without an end", decision -> decision.setExpiresAt(null),
            "of another user", decision -> decision.setUserId("eve"),
            "of an action code that is none", decision -> decision.setActionCode("sign in"),
            "of an idempotency key with NUL", decision -> decision.setIdempotencyKey("key\0-1"),
            "without a cause", decision -> decision.setCauseId(""));

    @ParameterizedTest
    @MethodSource("unsoundDecisions")
    void givenAnUnsoundDecision_whenItComes_thenItIsADeadLetterAndTheNextIsTaken(String which) {
        var decision = EventMapper.toAvro(Ada.challenged());
        decision.setIdempotencyKey("key-2");
        UNSOUND_DECISIONS.getOrDefault(which, none -> {}).accept(decision);

        driver.comes(decision, Driver.asking("1", Ada.TRACK));

        assertOnlyADeadLetter();
        assertThePartitionGoesOn();
    }

    private static final Map<String, Consumer<Verification>> UNSOUND_VERIFICATIONS = Map.of(
            "of a result that came later", verification -> verification.setResult(VerificationResult.UNKNOWN),
            "of no method", verification -> verification.setMethod(VerificationMethod.UNKNOWN),
            "of no authenticator", verification -> verification.setAuthenticator(null),
            "of a tenant that is none", verification -> verification.setTenantId("acme/ada"),
            "of attempts below nothing", verification -> verification.setAttempt(-1));

    static Stream<String> unsoundVerifications() {
        return UNSOUND_VERIFICATIONS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("unsoundVerifications")
    void p6_givenAnUnsoundVerification_whenItComes_thenItMeetsNoChallenge(String which) {
        var verification = EventMapper.toAvro(Ada.verified(1, VerificationResult.VERIFIED));
        UNSOUND_VERIFICATIONS.getOrDefault(which, none -> {}).accept(verification);

        driver.comes(verification, Driver.asking("1", "verify-1"));

        assertOnlyADeadLetter();
        assertThat(driver.actions().get(StoreKey.of(Ada.SIGN_IN)).getState()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThePartitionGoesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/eve", "ada", ""})
    void givenARecordUnderAnotherKey_whenItComes_thenItIsADeadLetter(String key) {
        driver.comes(driver.topics.userChanges, key, change(UserChangeKind.REFUSED), Driver.asking("1", "command-1"));

        assertOnlyADeadLetter();
    }

    @Test
    void givenARecordWithoutAKey_whenItComes_thenItIsADeadLetter() {
        driver.comes(
                driver.topics.verifications,
                null,
                EventMapper.toAvro(Ada.verified(1, VerificationResult.VERIFIED)),
                Driver.silent());

        assertOnlyADeadLetter();
    }

    @Test
    void givenAUserChangeThatCameLater_whenItComes_thenItIsADeadLetterWithItsCause() {
        driver.comes(change(UserChangeKind.UNKNOWN), Driver.asking("1", "command-1"));

        var letters = driver.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).key()).isEqualTo(Ada.KEY.getBytes(UTF_8));
        assertThat(letters.get(0).headers()).anySatisfy(header -> assertThat(new String(header.value(), UTF_8))
                .contains("MalformedEventException"));
    }

    private static UserChange change(UserChangeKind kind) {
        return UserChange.newBuilder()
                .setEventId("change-1")
                .setCauseId("cause-1")
                .setTenantId(Ada.TENANT)
                .setUserId(Ada.USER)
                .setChangedAt(Ada.START)
                .setKind(kind)
                .build();
    }

    private void assertOnlyADeadLetter() {
        assertThat(driver.deadLetters()).hasSize(1);
        assertThat(driver.transitions()).isEmpty();
        assertThat(driver.replies()).isEmpty();
    }

    private void assertThePartitionGoesOn() {
        driver.comes(EventMapper.toAvro(Ada.verified(9, VerificationResult.VERIFIED)), Driver.silent());
        assertThat(driver.transitions()).hasSize(1);
    }
}
