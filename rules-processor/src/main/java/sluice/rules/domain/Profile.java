package sluice.rules.domain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.schemas.ProfileField;

/**
 * What the backend told about a user; empty is not known.
 *
 * @param emailVerified whether the backend vouches for the address
 * @param phoneNumberVerified whether the backend vouches for the number
 * @param custom data points by name; none is not known
 * @param locale a BCP 47 tag
 */
public record Profile(
        Optional<String> email,
        Optional<Boolean> emailVerified,
        Optional<String> phoneNumber,
        Optional<Boolean> phoneNumberVerified,
        Optional<String> username,
        Optional<String> displayName,
        Map<String, CustomValue> custom,
        Optional<String> locale) {
    /** Nothing is known. */
    public static final Profile UNKNOWN = tracked(Optional.empty(), Optional.empty(), Optional.empty());

    public Profile {
        custom = Map.copyOf(custom);
    }

    /** As much as a track event tells. */
    public static Profile tracked(Optional<String> email, Optional<String> phoneNumber, Optional<String> username) {
        return new Profile(
                email,
                Optional.empty(),
                phoneNumber,
                Optional.empty(),
                username,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /**
     * This profile with what is told now; what is not told stays. That an address or a number was verified says nothing
     * of another one: where it changes, and nothing is said of that, it is not.
     */
    public Profile told(Profile now) {
        return new Profile(
                now.email.or(() -> email),
                now.emailVerified.or(() -> stillVerified(emailVerified, email, now.email)),
                now.phoneNumber.or(() -> phoneNumber),
                now.phoneNumberVerified.or(() -> stillVerified(phoneNumberVerified, phoneNumber, now.phoneNumber)),
                now.username.or(() -> username),
                now.displayName.or(() -> displayName),
                now.custom.isEmpty() ? custom : now.custom,
                now.locale.or(() -> locale));
    }

    private static Optional<Boolean> stillVerified(
            Optional<Boolean> isVerified, Optional<String> before, Optional<String> now) {
        return now.isEmpty() || now.equals(before) ? isVerified : isVerified.map(any -> false);
    }

    /** This profile after the user has shown that an address is theirs; where it has another, that is not known of. */
    Profile emailConfirmed(String address) {
        if (email.isPresent() && !email.get().equals(address)) return this;
        return new Profile(
                Optional.of(address),
                Optional.of(true),
                phoneNumber,
                phoneNumberVerified,
                username,
                displayName,
                custom,
                locale);
    }

    /** This profile without some fields. */
    Profile without(Set<ProfileField> reset) {
        return new Profile(
                email.filter(value -> !reset.contains(ProfileField.EMAIL)),
                emailVerified.filter(value -> !reset.contains(ProfileField.EMAIL_VERIFIED)),
                phoneNumber.filter(value -> !reset.contains(ProfileField.PHONE_NUMBER)),
                phoneNumberVerified.filter(value -> !reset.contains(ProfileField.PHONE_NUMBER_VERIFIED)),
                username.filter(value -> !reset.contains(ProfileField.USERNAME)),
                displayName.filter(value -> !reset.contains(ProfileField.DISPLAY_NAME)),
                reset.contains(ProfileField.CUSTOM) ? Map.of() : custom,
                locale.filter(value -> !reset.contains(ProfileField.LOCALE)));
    }

    @Override
    public String toString() {
        return "Profile"; // personal data
    }
}
