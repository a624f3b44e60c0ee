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
 * nothing to whom it is not for, and another tenant's is none (E1).
 */
final class ChallengeId {
    static final int LENGTH_MAX = 8192;
    private static final String NOBODYS = "nobody's";
    private static final String SOMEBODYS = "somebody's";

    private final SealedText text;

    ChallengeId(Sealing sealing) {
        this.text = new SealedText(sealing, "challenge-id", 7);
    }

    /**
     * What an id names.
     *
     * @param token as a token of the challenge's action would say; it grants nothing
     * @param email where its code went
     * @param isNobodys whether its user stands for it alone, until it is claimed
     */
    record Named(Token token, VerificationMethod method, String email, boolean isNobodys) {
        @Override
        public String toString() {
            return "Named[" + token + ", " + method + "]"; // never the address
        }
    }

    String of(Token token, VerificationMethod method, EmailAddress address, boolean isNobodys) {
        return text.of(
                token.tenantId(),
                token.userId(),
                token.actionCode(),
                token.idempotencyKey(),
                method.name(),
                address.text(),
                isNobodys ? NOBODYS : SOMEBODYS);
    }

    /**
     * The challenge of a tenant's that has this id.
     *
     * @throws RefusedException if there is none
     */
    Named named(String tenantId, String id) {
        return open(tenantId, id).orElseThrow(ChallengeId::unknown);
    }

    static RefusedException unknown() {
        return Refusal.NOT_FOUND.because("There is no such challenge.");
    }

    /** The challenge of a tenant's that has this id; empty if there is none. */
    Optional<Named> open(String tenantId, String id) {
        return text.open(id)
                .filter(parts -> parts.get(0).equals(tenantId))
                .map(parts -> new Named(
                        new Token(parts.get(0), parts.get(1), parts.get(2), parts.get(3), Set.of()),
                        VerificationMethod.valueOf(parts.get(4)),
                        parts.get(5),
                        parts.get(6).equals(NOBODYS)));
    }
}
