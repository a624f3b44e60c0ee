package sluice.track.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.runtime.seal.Sealing;
import sluice.schemas.TrackAttributes;
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

    /** Longer user agents than browsers have do not fit into a URL with the rest. */
    private static final int USER_AGENT_LENGTH_MAX = 512;

    private final SealedText text;

    ChallengeId(Sealing sealing) {
        this.text = new SealedText(sealing, "challenge-id", 12);
    }

    /**
     * What an id names.
     *
     * @param token as a token of the challenge's action says; it grants nothing before the challenge is claimed
     * @param email where its code went
     * @param isNobodys whether its user stands for it alone, until it is claimed
     * @param origin where it came from, for the action of the user who claims it; no more than address, device and user agent
     */
    record Named(Token token, VerificationMethod method, String email, boolean isNobodys, Origin origin) {
        /** One that is its user's from the beginning, and grants no more than that; its address is not known yet. */
        static Named ofUser(Token token, VerificationMethod method) {
            return new Named(token.granting(Set.of()), method, "", false, Origin.UNKNOWN);
        }

        /** The same challenge, once it is known where its code went. */
        Named sentTo(EmailAddress address) {
            return new Named(token, method, address.text(), isNobodys, origin);
        }

        @Override
        public String toString() {
            return "Named[" + token + ", " + method + "]"; // never the address
        }
    }

    /** Where a challenge came from, as its backend told. */
    record Origin(Optional<String> ipAddress, Optional<String> userAgent, Optional<String> deviceId) {
        static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), Optional.empty());

        static Origin of(TrackAttributes moment) {
            return new Origin(
                    Optional.ofNullable(moment.getIpAddress()),
                    Optional.ofNullable(moment.getUserAgent()).filter(agent -> agent.length() <= USER_AGENT_LENGTH_MAX),
                    Optional.ofNullable(moment.getDeviceId()));
        }

        @Override
        public String toString() {
            return "Origin"; // personal data
        }
    }

    String of(Named challenge) {
        var token = challenge.token();
        var origin = challenge.origin();
        return text.of(
                token.tenantId(),
                token.userId(),
                token.actionCode(),
                token.idempotencyKey(),
                challenge.method().name(),
                challenge.email(),
                challenge.isNobodys() ? NOBODYS : SOMEBODYS,
                String.join(" ", new TreeSet<>(token.scopes())),
                token.locale().orElse(""),
                origin.ipAddress().orElse(""),
                origin.userAgent().orElse(""),
                origin.deviceId().orElse(""));
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
                        token(parts),
                        VerificationMethod.valueOf(parts.get(4)),
                        parts.get(5),
                        parts.get(6).equals(NOBODYS),
                        new Origin(told(parts.get(9)), told(parts.get(10)), told(parts.get(11)))));
    }

    private static Token token(List<String> parts) {
        var scopes = told(parts.get(7)).map(text -> Set.of(text.split(" "))).orElseGet(Set::of);
        return new Token(parts.get(0), parts.get(1), parts.get(2), parts.get(3), scopes).speaking(told(parts.get(8)));
    }

    private static Optional<String> told(String part) {
        return Optional.of(part).filter(text -> !text.isEmpty());
    }
}
