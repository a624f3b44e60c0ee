package sluice.acceptance.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import sluice.track.totp.Base32;

/**
 * A user with an authenticator app. The enrolment takes the code of the step before now, so that this step's code and
 * the next one's are good for two more challenges, without waiting.
 *
 * @param secret base32, as the enrolment's answer has it
 */
public record Person(String userId, String secret) {
    private static final TimeBasedOneTimePasswordGenerator APP = new TimeBasedOneTimePasswordGenerator();
    private static final Duration SAFE = Duration.ofSeconds(5);
    private static final int STEP_SECONDS = 30;

    /** A new user who has enrolled their app. */
    public static Person enrolled(Api api) {
        awaitTheMiddleOfAStep();
        var userId = "user-" + UUID.randomUUID();
        var tracked = api.track(userId, "enroll", Map.of());
        assertThat(tracked.status()).as("%s", tracked.body()).isEqualTo(200);
        var token = tracked.text("token");
        var enrolment = api.enroll(token);
        assertThat(enrolment.status()).as("%s", enrolment.body()).isEqualTo(200);
        var person = new Person(userId, enrolment.text("secret"));
        assertThat(api.verify(token, person.code(-1)).text("isVerified")).isEqualTo("true");
        return person;
    }

    /** A code is good for a step each way; close to a step's end a test could run into the next. */
    public static void awaitTheMiddleOfAStep() {
        var left = STEP_SECONDS - Instant.now().getEpochSecond() % STEP_SECONDS;
        if (left > SAFE.toSeconds()) return;
        try {
            Thread.sleep(Duration.ofSeconds(left).toMillis() + 50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The code that the app shows some steps from now. */
    public String code(int steps) {
        try {
            var at = Instant.now().plusSeconds((long) STEP_SECONDS * steps);
            return APP.generateOneTimePasswordString(
                    new SecretKeySpec(Base32.decode(secret), APP.getAlgorithm()), at, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }
}
