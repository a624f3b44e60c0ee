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
     * @param tokenLifetime how long a challenge token is good for, one minute to 15 (security requirement S22)
     * @param challengeAttemptsMax wrong codes until a challenge fails, 1 to 10
     */
    record Tenant(
            String name,
            List<SecretKey> apiSecrets,
            List<SecretKey> managementSecrets,
            Duration tokenLifetime,
            int challengeAttemptsMax)
            implements Setting {
        private static final Duration TOKEN_LIFETIME_MIN = Duration.ofMinutes(1);
        private static final Duration TOKEN_LIFETIME_MAX = Duration.ofMinutes(15);
        private static final int ATTEMPTS_LIMIT = 10;

        public Tenant {
            apiSecrets = List.copyOf(apiSecrets);
            managementSecrets = List.copyOf(managementSecrets);
            if (tokenLifetime.compareTo(TOKEN_LIFETIME_MIN) < 0 || tokenLifetime.compareTo(TOKEN_LIFETIME_MAX) > 0) {
                throw new IllegalArgumentException("A token lifetime of 1 to 15 minutes, not " + tokenLifetime);
            }
            if (challengeAttemptsMax < 1 || challengeAttemptsMax > ATTEMPTS_LIMIT) {
                throw new IllegalArgumentException("1 to 10 attempts, not " + challengeAttemptsMax);
            }
        }
    }

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
     * @param acceptedDrift TOTP time steps accepted to each side of now, 0 or 1
     * @param issuer name that the authenticator app shows; empty: the tenant's
     */
    record Authenticator(boolean isActive, int acceptedDrift, Optional<String> issuer) implements Setting {
        /** A method that was never activated. */
        public static final Authenticator INACTIVE = new Authenticator(false, 0, Optional.empty());

        public Authenticator {
            if (acceptedDrift < 0 || acceptedDrift > 1) {
                throw new IllegalArgumentException("A drift of 0 or 1, not " + acceptedDrift);
            }
        }
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
