package sluice.rules.domain.webauthn;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verify event of the method PASSKEY brings in place of a code: a browser's answer, and what the ingress asked
 * it and believes in. Its JSON is described in {@code docs/passkeys.md}; just one of the two is there.
 */
public record PasskeyAnswer(
        @Nullable Registration registration, @Nullable Assertion assertion) {
    private static final int TOLD_LENGTH_MAX = 512;

    /**
     * A new passkey.
     *
     * @param authenticatorId the enrolment that it is to finish, whose secret is the challenge
     * @param isConditional whether the browser made it without asking the user
     * @param credential the browser's RegistrationResponseJSON, as text
     * @param userAgent of the client; null where it has none
     */
    public record Registration(
            String authenticatorId,
            boolean isConditional,
            RelyingParty relyingParty,
            String credential,
            @Nullable String userAgent) {

        Optional<String> agent() {
            return told(userAgent);
        }
    }

    /**
     * An answer of a passkey that is known.
     *
     * @param challenge the random bytes that were to be signed, in base64url
     * @param actionCode of the action that they were made for
     * @param idempotencyKey of that action
     * @param userId the user that they were made for; null where the passkey was to tell
     * @param expiresAt when they lapse, in milliseconds since 1970
     * @param credential the browser's AuthenticationResponseJSON, as text
     * @param deviceId as the client says; null where it does not
     */
    public record Assertion(
            String challenge,
            String actionCode,
            String idempotencyKey,
            @Nullable String userId,
            long expiresAt,
            RelyingParty relyingParty,
            String credential,
            @Nullable String deviceId) {

        /** The device that it came from, as far as the client says. */
        public Optional<String> device() {
            return told(deviceId);
        }

        /** Whether the challenge was made for this action of this user, and its time is not over. */
        public boolean isFor(String user, String action, String key, Instant at) {
            return (userId == null || userId.equals(user))
                    && actionCode.equals(action)
                    && idempotencyKey.equals(key)
                    && at.isBefore(until());
        }

        public Instant until() {
            return Instant.ofEpochMilli(expiresAt);
        }
    }

    /** It stays with the passkey, which is read and written with each event of the user: nothing long. */
    private static Optional<String> told(@Nullable String text) {
        return Optional.ofNullable(text).filter(told -> !told.isEmpty() && told.length() <= TOLD_LENGTH_MAX);
    }

    /** The new passkey, if it is one. */
    public Optional<Registration> ofRegistration() {
        return Optional.ofNullable(registration);
    }

    /** The answer of a known one, if it is one. */
    public Optional<Assertion> ofAssertion() {
        return Optional.ofNullable(assertion);
    }
}
