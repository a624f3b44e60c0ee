package sluice.runtime.configuration.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;

/** The value of one piece of configuration. */
public sealed interface Setting {

    /**
     * A tenant.
     *
     * @param name for people
     * @param apiSecrets server API secrets, newest first; any of them is good
     * @param managementSecrets management API secrets, likewise
     * @param tokenLifetime how long a challenge token is good for
     * @param challengeAttemptsMax wrong codes until a challenge fails
     */
    record Tenant(
            String name,
            List<SecretKey> apiSecrets,
            List<SecretKey> managementSecrets,
            Duration tokenLifetime,
            int challengeAttemptsMax)
            implements Setting {}

    /**
     * An API secret.
     *
     * @param hash SHA-256 of its UTF-8 bytes, in lower-case hexadecimal
     * @param secret the secret itself, to sign webhooks with
     */
    record SecretKey(String hash, Sealed secret) {}

    /** An action code's settings, as the management contract names them; empty is unset. */
    record Action(
            Optional<ActionOutcome> defaultUserActionResult,
            Optional<String> messagingTemplates,
            Optional<List<String>> verificationMethods,
            Optional<List<String>> promptToEnrollVerificationMethods,
            Optional<String> defaultVerificationMethod)
            implements Setting {

        /** An action code that nobody has configured. */
        public static final Action UNSET =
                new Action(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** What happens where no rule matches (contract section 3, track). */
        public ActionOutcome outcome() {
            return defaultUserActionResult.orElse(ActionOutcome.CHALLENGE);
        }
    }

    /**
     * A verification method of a tenant.
     *
     * @param isActive whether it can be enrolled and used
     * @param acceptedDrift TOTP time steps accepted to each side of now
     * @param issuer name that the authenticator app shows; empty: the tenant's
     */
    record Authenticator(boolean isActive, int acceptedDrift, Optional<String> issuer) implements Setting {
        /** A method that was never activated. */
        public static final Authenticator INACTIVE = new Authenticator(false, 0, Optional.empty());
    }

    /**
     * A key that signs challenge tokens.
     *
     * @param key 32 bytes
     * @param activeFrom from when on it signs, until a newer one is active
     * @param retiredAt from when on what it signed is refused
     */
    record TokenKey(Sealed key, Instant activeFrom, Optional<Instant> retiredAt) implements Setting {}
}
