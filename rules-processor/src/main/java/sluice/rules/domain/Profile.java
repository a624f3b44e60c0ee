package sluice.rules.domain;

import java.util.Optional;

/** What the backend told about a user; empty is not known. */
public record Profile(Optional<String> email, Optional<String> phoneNumber, Optional<String> username) {
    /** Nothing is known. */
    public static final Profile UNKNOWN = new Profile(Optional.empty(), Optional.empty(), Optional.empty());

    /** This profile with what is told now; what is not told stays. */
    public Profile told(Profile now) {
        return new Profile(
                now.email.or(() -> email), now.phoneNumber.or(() -> phoneNumber), now.username.or(() -> username));
    }

    @Override
    public String toString() {
        return "Profile"; // personal data
    }
}
