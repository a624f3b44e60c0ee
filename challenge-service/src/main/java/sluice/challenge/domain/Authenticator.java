package sluice.challenge.domain;

import java.time.Instant;
import java.util.Optional;
import sluice.schemas.VerificationMethod;
import sluice.schemas.id.UserKey;

/**
 * An authenticator as others may see it.
 *
 * @param createdAt when its enrolment began
 * @param verifiedAt when its enrolment was finished
 * @param lastVerifiedAt when a code of it was last accepted
 * @param isDefault whether it is the one to offer first
 */
public record Authenticator(
        String authenticatorId,
        VerificationMethod method,
        Instant createdAt,
        Optional<Instant> verifiedAt,
        Optional<Instant> lastVerifiedAt,
        boolean isDefault) {

    public Authenticator {
        if (!UserKey.isText(authenticatorId)) throw new IllegalArgumentException("Not an authenticator id");
    }
}
