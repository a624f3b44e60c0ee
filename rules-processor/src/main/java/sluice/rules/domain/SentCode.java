package sluice.rules.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.VerificationMethod;

/**
 * A code that was sent to one of the user's addresses, as such or inside a link. A one-time password of this kind is
 * good for ten minutes at most (NIST SP 800-63B, out-of-band authenticators).
 *
 * @param codeId eventId of the command that brought it
 * @param action the only one that it counts for
 * @param authenticatorId whose address it was sent to
 * @param sentAt event time of the command
 * @param isSpent whether it was accepted: then it never is again
 */
@RecordBuilder
public record SentCode(
        String codeId,
        VerificationMethod method,
        ActionKey action,
        String authenticatorId,
        Sealed code,
        Instant sentAt,
        boolean isSpent)
        implements SentCodeBuilder.With {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    boolean hasLapsed(Instant at) {
        return !at.isBefore(sentAt.plus(LIFETIME));
    }

    SentCode spent() {
        return withIsSpent(true);
    }
}
