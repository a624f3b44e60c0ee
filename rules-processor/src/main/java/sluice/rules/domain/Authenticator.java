package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.VerificationMethod;

/**
 * An authenticator as others may see it.
 *
 * @param createdAt when its enrolment began
 * @param verifiedAt when its enrolment was finished
 * @param lastVerifiedAt when a code of it was last accepted
 * @param isDefault whether it is the one to offer first
 * @param contact phone number or e-mail address, sealed for this authenticator
 */
@RecordBuilder
public record Authenticator(
        String authenticatorId,
        VerificationMethod method,
        Instant createdAt,
        Optional<Instant> verifiedAt,
        Optional<Instant> lastVerifiedAt,
        boolean isDefault,
        Optional<Sealed> contact)
        implements AuthenticatorBuilder.With {

    /** The same authenticator, to be offered first, or not. */
    Authenticator offeredFirst(boolean isFirst) {
        return withIsDefault(isFirst);
    }

    /** The authenticator after a code of it was accepted; its first code finishes its enrolment. */
    Authenticator verified(Instant at) {
        return withVerifiedAt(verifiedAt.or(() -> Optional.of(at))).withLastVerifiedAt(Optional.of(at));
    }
}
