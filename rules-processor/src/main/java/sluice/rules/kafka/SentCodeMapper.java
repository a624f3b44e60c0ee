package sluice.rules.kafka;

import sluice.rules.domain.ActionKey;
import sluice.rules.domain.SentCode;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ConfirmedLink;
import sluice.schemas.OpenCode;

/** Carries codes that were sent to the user's record and back. */
final class SentCodeMapper {
    private SentCodeMapper() {}

    static sluice.schemas.SentCode toAvro(SentCode code) {
        return new sluice.schemas.SentCode(
                code.codeId(),
                code.method(),
                code.action().actionCode(),
                code.action().idempotencyKey(),
                code.authenticatorId(),
                code.code().buffer(),
                code.sentAt(),
                code.isSpent());
    }

    static SentCode toDomain(sluice.schemas.SentCode read) {
        return new SentCode(
                read.getCodeId(),
                read.getMethod(),
                new ActionKey(read.getActionCode(), read.getIdempotencyKey()),
                read.getAuthenticatorId(),
                Sealed.of(read.getSealedCode()),
                read.getSentAt(),
                read.getIsSpent());
    }

    /** @param to the contact that it was sent to */
    static OpenCode open(SentCode code, Sealed to) {
        return new OpenCode(
                code.method(),
                code.action().actionCode(),
                code.action().idempotencyKey(),
                code.sentAt(),
                code.authenticatorId(),
                to.buffer());
    }

    static ConfirmedLink confirmed(SentCode link) {
        return new ConfirmedLink(link.action().actionCode(), link.action().idempotencyKey(), link.authenticatorId());
    }
}
