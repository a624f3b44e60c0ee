package sluice.track.http;

import java.util.Optional;
import java.util.Set;
import sluice.runtime.seal.Sealing;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.EmailAddress;
import sluice.track.token.SealedText;
import sluice.track.token.Token;

/**
 * Names a challenge to who asked for it, so that the owner of its user is found without an index. Sealed: it says
 * nothing to whom it is not for, and another tenant's is none.
 */
final class ChallengeId {
    private final SealedText text;

    ChallengeId(Sealing sealing) {
        this.text = new SealedText(sealing, "challenge-id", 6);
    }

    /** A challenge by its id. */
    record Opened(Token token, VerificationMethod method, String email) {
        @Override
        public String toString() {
            return "Opened[" + token + ", " + method + "]"; // never the address
        }
    }

    String of(Token token, VerificationMethod method, EmailAddress address) {
        return text.of(
                token.tenantId(),
                token.userId(),
                token.actionCode(),
                token.idempotencyKey(),
                method.name(),
                address.text());
    }

    /** The challenge of a tenant's that has this id; empty if there is none. */
    Optional<Opened> open(String tenantId, String id) {
        return text.open(id)
                .filter(parts -> parts.get(0).equals(tenantId))
                .map(parts -> new Opened(
                        new Token(parts.get(0), parts.get(1), parts.get(2), parts.get(3), Set.of()),
                        VerificationMethod.valueOf(parts.get(4)),
                        parts.get(5)));
    }
}
