package sluice.runtime.configuration.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.ValueListItemType;
import sluice.schemas.VerificationMethod;

/** The value of one piece of configuration. */
public sealed interface Setting {

    /**
     * A tenant.
     *
     * @param name for people
     * @param apiSecrets server API secrets, newest first; some may be retired
     * @param managementSecrets management API secrets, likewise
     * @param tokenLifetime how long a challenge token is good for, one minute to 15 (security requirement S22)
     * @param challengeAttemptsMax wrong codes until a challenge fails, 1 to 10
     * @param hideSuccessScreenOnEnrollment whether the success page of an enrolment is left out; empty: never set
     * @param allowedOrigins origins of the tenant's sites, such as {@code https://shop.example}; empty: never set, any
     * @param webhook where the tenant is told of what happens
     */
    @RecordBuilder
    record Tenant(
            String name,
            List<SecretKey> apiSecrets,
            List<SecretKey> managementSecrets,
            Duration tokenLifetime,
            int challengeAttemptsMax,
            Optional<Boolean> hideSuccessScreenOnEnrollment,
            Optional<List<String>> allowedOrigins,
            Webhook webhook)
            implements Setting, SettingTenantBuilder.With {
        private static final Duration TOKEN_LIFETIME_MIN = Duration.ofMinutes(1);
        private static final Duration TOKEN_LIFETIME_MAX = Duration.ofMinutes(15);
        private static final int ATTEMPTS_LIMIT = 10;

        public Tenant {
            apiSecrets = List.copyOf(apiSecrets);
            managementSecrets = List.copyOf(managementSecrets);
            allowedOrigins = allowedOrigins.map(List::copyOf);
            if (tokenLifetime.compareTo(TOKEN_LIFETIME_MIN) < 0 || tokenLifetime.compareTo(TOKEN_LIFETIME_MAX) > 0) {
                throw new IllegalArgumentException("A token lifetime of 1 to 15 minutes, not " + tokenLifetime);
            }
            if (challengeAttemptsMax < 1 || challengeAttemptsMax > ATTEMPTS_LIMIT) {
                throw new IllegalArgumentException("1 to 10 attempts, not " + challengeAttemptsMax);
            }
        }

        /** A tenant whose other settings were never set. */
        public Tenant(
                String name,
                List<SecretKey> apiSecrets,
                List<SecretKey> managementSecrets,
                Duration tokenLifetime,
                int challengeAttemptsMax) {
            this(
                    name,
                    apiSecrets,
                    managementSecrets,
                    tokenLifetime,
                    challengeAttemptsMax,
                    Optional.empty(),
                    Optional.empty(),
                    Webhook.UNSET);
        }
    }

    /**
     * An API secret.
     *
     * @param hash SHA-256 of its UTF-8 bytes, in lower-case hexadecimal
     * @param secret the secret itself, to sign webhooks with
     * @param createdAt when it was added; empty: not known
     * @param retiresAt from when on it is not good any more; empty: it is until further notice
     */
    @RecordBuilder
    record SecretKey(String hash, Sealed secret, Optional<Instant> createdAt, Optional<Instant> retiresAt)
            implements SettingSecretKeyBuilder.With {
        private static final int ID_BYTES = 6;

        /** A secret that is good until further notice. */
        public SecretKey(String hash, Sealed secret) {
            this(hash, secret, Optional.empty(), Optional.empty());
        }

        /**
         * What it is called where it must not be shown. Made of the sealed bytes and not of the hash: a secret that an
         * operator has thought up could be found by trying.
         */
        public String id() {
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(secret.bytes());
                return HexFormat.of().formatHex(digest, 0, ID_BYTES);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("Every JDK has SHA-256", e);
            }
        }

        /** Whether it opens and signs. */
        public boolean isGood(Instant now) {
            return retiresAt.map(now::isBefore).orElse(true);
        }
    }

    /**
     * Where a tenant is told of what happens.
     *
     * @param url empty: nobody is told
     * @param events types of event that are told of; empty: all
     * @param since when a URL was set where there was none: events from then on are told of; there exactly with the URL
     */
    record Webhook(Optional<String> url, Optional<List<String>> events, Optional<Instant> since) {
        /** Type of the question whether a right answer may count. */
        public static final String ACTION_VERIFY = "action.verify";

        /** A webhook that was never set. */
        public static final Webhook UNSET = new Webhook(Optional.empty(), Optional.empty(), Optional.empty());

        public Webhook {
            events = events.map(List::copyOf);
            if (url.isPresent() != since.isPresent()) {
                throw new IllegalArgumentException("A webhook has a URL since a time, or neither");
            }
        }

        /** The same events told of at another URL, or at none. A URL that replaces another goes on where that stood. */
        public Webhook at(Optional<String> newUrl, Instant now) {
            return new Webhook(newUrl, events, newUrl.map(set -> since.orElse(now)));
        }

        /** The same URL told of other events; empty: of all. */
        public Webhook of(Optional<List<String>> newEvents) {
            return new Webhook(url, newEvents, since);
        }

        /**
         * Whether the tenant is asked, and its answer awaited. Unlike what is only told of, that has to be wanted by name:
         * a receiver that knows nothing of it would answer without having looked.
         */
        public boolean answers(String type) {
            return url.isPresent() && names(type);
        }

        /** Whether a challenge is met only if the tenant, asked, says so (contract section 9). */
        public boolean approvesVerification() {
            return answers(ACTION_VERIFY);
        }

        /** Whether a type is listed. */
        public boolean names(String type) {
            return events.filter(told -> told.contains(type)).isPresent();
        }

        /** Whether events of a type are told of. */
        public boolean tells(String type) {
            return events.map(told -> told.contains(type)).orElse(true);
        }
    }

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

        private static final Authenticator ACTIVE = new Authenticator(true, 0, Optional.empty());

        /** A method that nothing was set for: recovery codes are there until a tenant deactivates them. */
        static Authenticator unset(VerificationMethod method) {
            return method == VerificationMethod.RECOVERY_CODE ? ACTIVE : INACTIVE;
        }

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
    record TokenKey(Sealed key, Instant activeFrom, Optional<Instant> retiredAt) implements Setting, SigningKey {}

    /**
     * A key pair that signs session access tokens.
     *
     * @param key the private key, PKCS #8
     * @param activeFrom from when on it signs, until a newer one is active
     * @param retiredAt from when on it is not published, and what it signed is refused
     */
    record SessionKey(Sealed key, Instant activeFrom, Optional<Instant> retiredAt) implements Setting, SigningKey {}

    /**
     * A list of values for rules to look in. Its items are all of its type.
     *
     * @param name for people
     * @param texts items of type STRING, in the order given; empty: unset
     * @param numbers items of type NUMBER, likewise
     * @param isActive whether it is in use; empty: unset, which counts as in use
     */
    record ValueList(
            String name,
            ValueListItemType itemType,
            Optional<List<String>> texts,
            Optional<List<Double>> numbers,
            Optional<Boolean> isActive)
            implements Setting {
        public ValueList {
            var areTexts = itemType == ValueListItemType.STRING && numbers.isEmpty();
            var areNumbers = itemType == ValueListItemType.NUMBER && texts.isEmpty();
            if (!areTexts && !areNumbers) throw new IllegalArgumentException("Items that are not all " + itemType);
        }
    }

    /**
     * A data point of the tenant's own, for rules to read.
     *
     * @param name what track calls and rules know it by
     * @param modelType whether an action or a user has it
     * @param isPublic as given
     */
    record CustomDataPoint(
            String name,
            CustomDataType dataType,
            CustomDataModel modelType,
            Optional<String> description,
            boolean isPublic)
            implements Setting {
        public CustomDataPoint {
            if (dataType == CustomDataType.UNKNOWN || modelType == CustomDataModel.UNKNOWN) {
                throw new IllegalArgumentException("A custom data point of a type that came later");
            }
        }
    }

    /**
     * A rule of an action code (docs/rules.md).
     *
     * @param name for people
     * @param isActive whether it is applied
     * @param priority 0 is applied first
     * @param type outcome where the conditions hold
     * @param conditions JSON Logic, checked when it was written
     * @param verificationMethods methods allowed; empty: the action's
     * @param defaultVerificationMethod method to offer first; empty: the action's
     * @param isShadow whether it is only watched
     */
    @RecordBuilder
    record Rule(
            String name,
            Optional<String> description,
            boolean isActive,
            int priority,
            ActionOutcome type,
            String conditions,
            Optional<List<String>> verificationMethods,
            Optional<List<String>> promptToEnrollVerificationMethods,
            Optional<String> defaultVerificationMethod,
            boolean isShadow)
            implements Setting, SettingRuleBuilder.With {
        public Rule {
            if (type == ActionOutcome.UNKNOWN) throw new IllegalArgumentException("An outcome that came later");
        }
    }

    /**
     * How the pre-built pages look.
     *
     * @param document a JSON object with what is set, checked when it was written
     */
    record Theme(String document) implements Setting {
        /** Nothing is set. */
        public static final Theme UNSET = new Theme("{}");
    }

    /**
     * Texts of the pre-built pages that the tenant has replaced.
     *
     * @param texts locale to message id to text, as given: whoever shows a text escapes it
     */
    record MessageOverrides(Map<String, Map<String, String>> texts) implements Setting {
        /** Nothing is replaced. */
        public static final MessageOverrides NONE = new MessageOverrides(Map.of());
    }
}
