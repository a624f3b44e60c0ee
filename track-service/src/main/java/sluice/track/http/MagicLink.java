package sluice.track.http;

import java.util.Optional;
import java.util.Set;
import sluice.runtime.seal.Sealing;
import sluice.track.token.SealedText;
import sluice.track.token.Token;

/** What a link in a mail carries: whose action it confirms, the secret that counts for it, and the mail's language. */
final class MagicLink {
    private final SealedText text;

    MagicLink(Sealing sealing) {
        this.text = new SealedText(sealing, "magic-link", 6);
    }

    /** A link, opened. */
    record Opened(Token token, String secret) {
        @Override
        public String toString() {
            return "Opened[" + token + "]"; // never the secret
        }
    }

    /** Path and query of the link. */
    String path(Token token, String secret) {
        return "/magic-link?t="
                + text.of(
                        token.tenantId(),
                        token.userId(),
                        token.actionCode(),
                        token.idempotencyKey(),
                        secret,
                        token.locale().orElse(""));
    }

    /** What the query's {@code t} says; empty if it is not from one of our mails. */
    Optional<Opened> open(String t) {
        return text.open(t).map(parts -> {
            var token = new Token(parts.get(0), parts.get(1), parts.get(2), parts.get(3), Set.of());
            var locale = Optional.of(parts.get(5)).filter(any -> !any.isEmpty());
            return new Opened(token.speaking(locale), parts.get(4));
        });
    }
}
