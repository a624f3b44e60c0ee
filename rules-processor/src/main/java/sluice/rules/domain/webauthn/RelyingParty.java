package sluice.rules.domain.webauthn;

import java.util.Set;

/**
 * Whom a passkey is for.
 *
 * @param id the domain that it belongs to (RP ID), such as {@code example.com}
 * @param origins of the pages that may ask for it, such as {@code https://login.example.com}
 */
public record RelyingParty(String id, Set<String> origins) {
    public RelyingParty {
        origins = Set.copyOf(origins);
    }
}
