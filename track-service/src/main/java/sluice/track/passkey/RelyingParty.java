package sluice.track.passkey;

import java.net.URI;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import sluice.track.origin.AllowedOrigins;

/**
 * Whom passkeys are for: WebAuthn's relying party.
 *
 * @param id the domain that they belong to (RP ID)
 * @param origins of the pages that may ask for them
 * @param frames origins of pages, beside those, in whose frames these may be; {@code *}: any
 */
public record RelyingParty(String id, SortedSet<String> origins, SortedSet<String> frames) {
    private static final String ANY = "*";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LOCALHOST = "localhost";

    /**
     * What the settings say, and for the rest what the public URL says. No passkey can belong to an address, so this
     * machine's is called localhost.
     */
    public static RelyingParty of(PasskeySettings settings, URI publicUrl) {
        var page = LOOPBACK.equals(publicUrl.getHost())
                ? URI.create(publicUrl.toString().replace(LOOPBACK, LOCALHOST))
                : publicUrl;
        var origins = new TreeSet<>(settings.origins());
        origins.add(page.getScheme() + "://" + page.getAuthority());
        return new RelyingParty(settings.rpId().orElse(page.getHost()), origins, new TreeSet<>());
    }

    /** The same, whose pages these may frame. */
    public RelyingParty framedBy(AllowedOrigins allowed) {
        return new RelyingParty(id, origins, new TreeSet<>(allowed.listed().orElse(List.of(ANY))));
    }

    /** Whether a page of this origin may ask. */
    public boolean admits(String origin) {
        return origins.contains(origin);
    }
}
