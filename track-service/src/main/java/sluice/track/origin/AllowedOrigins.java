package sluice.track.origin;

import java.util.List;
import java.util.Optional;
import sluice.runtime.configuration.domain.Setting.Tenant;

/**
 * Whose pages the tenant's users may be sent to, and whose may frame Sluice's and call the client API.
 *
 * @param listed the origins, as browsers name them; empty: the tenant has set none, so any
 */
public record AllowedOrigins(Optional<List<String>> listed) {
    /** Any origin. */
    public static final AllowedOrigins ANY = new AllowedOrigins(Optional.empty());

    /** What the tenant has set; where there is no tenant, none is allowed. */
    public static AllowedOrigins of(Optional<Tenant> tenant) {
        return tenant.map(Tenant::allowedOrigins)
                .map(AllowedOrigins::new)
                .orElseGet(() -> new AllowedOrigins(Optional.of(List.of())));
    }

    /** Whether a URL, or an origin, is of one of them. */
    public boolean allow(String url) {
        return listed.isEmpty()
                || WebOrigin.of(url)
                        .map(WebOrigin::text)
                        .filter(listed.get()::contains)
                        .isPresent();
    }

    public boolean areAny() {
        return listed.isEmpty();
    }
}
