package sluice.track.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.track.http.json.Json;

/**
 * What a passkey is asked to sign, and what for. The client keeps it, sealed for the tenant, and brings it with the
 * answer: nobody but Sluice can read it, or make one. That it is answered once is the log's affair.
 *
 * @param challenge 32 random bytes in base64url
 * @param actionCode of the action that it is for
 * @param idempotencyKey of that action
 * @param userId whose action it is; null where the passkey is to tell
 * @param expiresAt when it lapses, in milliseconds since 1970
 */
public record PasskeyChallenge(
        String challenge,
        String actionCode,
        String idempotencyKey,
        @Nullable String userId,
        long expiresAt) {
    /** Longest text that can be one: the longest ids, sealed, in base64. */
    public static final int ID_LENGTH_MAX = 8192;

    private static final String SEALED_FOR = "passkey-challenge";
    private static final int BYTES = 32;

    /** Random bytes for somebody to sign. */
    public static byte[] random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Bytes as WebAuthn's JSON has them. */
    public static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The challenge as its client keeps it. */
    public String sealed(Sealing sealing, String tenantId) {
        try {
            return text(sealing.seal(Json.MAPPER.writeValueAsBytes(this), SEALED_FOR, tenantId));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Texts and a number can always be written", e);
        }
    }

    /** What a client has kept; empty if it was not sealed here for this tenant. */
    public static Optional<PasskeyChallenge> opened(Sealing sealing, String tenantId, String challengeId) {
        try {
            var sealed = Base64.getUrlDecoder().decode(challengeId.getBytes(UTF_8));
            return Optional.of(
                    Json.MAPPER.readValue(sealing.open(sealed, SEALED_FOR, tenantId), PasskeyChallenge.class));
        } catch (SealBrokenException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError("What was sealed here can be read", e);
        }
    }

    /** Whether it is too late to answer. The processor looks again, by the event's time. */
    public boolean hasLapsed(Instant now) {
        return !now.isBefore(until());
    }

    /** When it lapses. */
    public Instant until() {
        return Instant.ofEpochMilli(expiresAt);
    }
}
