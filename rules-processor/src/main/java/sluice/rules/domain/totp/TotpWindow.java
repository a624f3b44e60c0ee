package sluice.rules.domain.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * Finds the time step that a code was made for (RFC 6238 section 4.2), with what authenticator apps assume: SHA-1,
 * steps of 30 s from the epoch, six digits.
 *
 * <p>For an app whose clock is known to be off the window slides by one step, if it is wider than one. It stays
 * {@code 2 * drift + 1} steps wide and the current step stays in it: no guess gets likelier, and an app whose clock was
 * set right is not kept out.
 *
 * @param drift steps accepted to each side of the window's middle, 0 to 2; RFC 6238 section 5.2 advises at most one
 */
public record TotpWindow(int drift) {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int DRIFT_MAX = 2;
    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");
    private static final HmacOneTimePasswordGenerator HOTP = new HmacOneTimePasswordGenerator(6);
    private static final String NO_CODE = "------";

    public TotpWindow {
        if (drift < 0 || drift > DRIFT_MAX) throw new IllegalArgumentException("A drift of 0 to 2, not " + drift);
    }

    /** Number of the time step that an instant lies in (RFC 6238 section 4.2: T, with T0 = 0). */
    public static long stepAt(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
    }

    /**
     * Finds the step of the window whose code was typed.
     *
     * @param secret the authenticator's, 16 bytes or more (RFC 4226 section 4, R6)
     * @param typed what the user typed; anything but six ASCII digits matches nothing
     * @param at event time of the attempt
     * @param clock what is known of the app's clock
     * @return the step, the latest if there are several, so that burning it burns the code. Every step of the window is
     *     compared, whatever the others gave, so that the time taken tells nothing
     */
    public OptionalLong match(byte[] secret, String typed, Instant at, ClockDrift clock) {
        return match(secret, typed, at, clock, MessageDigest::isEqual);
    }

    /** @param areEqual compares two codes of the same length in a time that tells nothing of where they differ (S14) */
    OptionalLong match(
            byte[] secret, String typed, Instant at, ClockDrift clock, BiPredicate<byte[], byte[]> areEqual) {
        var code = (SIX_DIGITS.matcher(typed).matches() ? typed : NO_CODE).getBytes(US_ASCII);
        var middle = stepAt(at) + (drift == 0 ? 0 : clock.steps());
        var matched = OptionalLong.empty();
        for (var step = middle - drift; step <= middle + drift; step++) {
            if (areEqual.test(code(secret, step), code)) matched = OptionalLong.of(step);
        }
        return matched;
    }

    private static byte[] code(byte[] secret, long step) {
        try {
            var key = new SecretKeySpec(secret, HOTP.getAlgorithm());
            return HOTP.generateOneTimePasswordString(key, step, Locale.ROOT).getBytes(US_ASCII);
        } catch (InvalidKeyException e) {
            throw new AssertionError("HMAC takes keys of any length", e);
        }
    }
}
