package sluice.rules.domain.webauthn;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a passkey is for.
 *
 * @param id the domain that it belongs to (RP ID), such as {@code example.com}
 * @param origins of the pages that may ask for it, such as {@code https://login.example.com}
 * @param frames origins of pages, beside those, in whose frames these may be; {@code *}: any. Null, none: of events
 *     from before there were any
 */
public record RelyingParty(
        String id, Set<String> origins, @Nullable Set<String> frames) {
    private static final String ANY = "*";

    public RelyingParty {
        origins = Set.copyOf(origins);
        frames = frames == null ? null : Set.copyOf(frames);
    }

    /**
     * Whether a page may be in another site's frame, as in the browser SDK's popup (contract section 7).
     *
     * @param site the origin of the page around it, where the browser tells it (topOrigin)
     */
    boolean letsFrame(Optional<String> site) {
        if (frames == null) return false;
        return site.map(each -> frames.contains(ANY) || frames.contains(each) || origins.contains(each))
                .orElse(true);
    }
}
