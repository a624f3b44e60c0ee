package sluice.track.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.track.origin.WebOrigin;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/** Issues tokens with the tenant's lifetime, and the URL of the pre-built UI that carries one. */
final class TokenIssue {
    private final Tokens tokens;
    private final ConfigurationSource configuration;
    private final Supplier<URI> publicUrl;

    TokenIssue(Tokens tokens, ConfigurationSource configuration, Supplier<URI> publicUrl) {
        this.tokens = tokens;
        this.configuration = configuration;
        this.publicUrl = publicUrl;
    }

    /** A token for clients, who have no use for what only the pre-built UI is told. */
    String issue(Token token, @Nullable String username) {
        return sign(token.redirectingTo(Optional.empty()).openingSettings(false), username);
    }

    private String sign(Token token, @Nullable String username) {
        return tokens.sign(token, lifetime(token), username);
    }

    /** How long a token of this tenant is good for from now on. */
    Duration lifetime(Token token) {
        return lifetime(token.tenantId());
    }

    /** Likewise, for what is no token and lives as long. */
    Duration lifetime(String tenantId) {
        return configuration
                .newest()
                .tenant(tenantId)
                .map(Tenant::tokenLifetime)
                .orElse(Duration.ZERO);
    }

    /** Origin of the pre-built UI, as browsers name it. */
    Optional<WebOrigin> pageOrigin() {
        return WebOrigin.of(publicUrl.get().toString());
    }

    /** Where the pre-built UI meets the token's challenge. SDKs append {@code &mode=popup}: there is always a query. */
    String url(Token token) {
        return page("/challenge?t=" + sign(token, null)).toString();
    }

    /** Where users reach a page. */
    URI page(String pathAndQuery) {
        return publicUrl.get().resolve(pathAndQuery);
    }
}
