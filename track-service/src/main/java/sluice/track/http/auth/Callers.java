package sluice.track.http.auth;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;
import sluice.track.tenant.Tenants;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/**
 * Who calls. Server key, management key and client token are three kinds of credential, and none opens another's doors.
 */
public final class Callers {
    private static final String BEARER = "Bearer ";

    private final Tenants tenants;
    private final Tokens tokens;

    public Callers(Tenants tenants, Tokens tokens) {
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /** The tenant whose backend calls. */
    public String backend(Context context) {
        return tenantBy(context, tenants::ofApiSecret);
    }

    /** The tenant whose management calls. */
    public String management(Context context) {
        return tenantBy(context, tenants::ofManagementSecret);
    }

    private static String tenantBy(Context context, Function<String, Optional<String>> lookUp) {
        return BasicCredentials.name(context).flatMap(lookUp).orElseThrow(Callers::unauthorized);
    }

    /** The token of the user's client, if it has one; where it has none, {@link #tenantOfClient} tells whose it is. */
    public Optional<Token> clientIfAny(Context context) {
        return hasToken(context.header("Authorization")) ? Optional.of(client(context)) : Optional.empty();
    }

    /** The tenant of a client that has no token yet: it is named, not proved. */
    public String tenantOfClient(Context context) {
        return tenantOfName(context).orElseThrow(Callers::unauthorized);
    }

    /** The token of the user's client. Tenant credentials alone name no user and don't do here. */
    public Token client(Context context) {
        var header = context.header("Authorization");
        if (header == null || !hasToken(header)) throw withoutToken(context);
        return checked(header.substring(BEARER.length()).trim());
    }

    /** A token that a backend hands on; another tenant's is as invalid as a forged one (E1). */
    public Token handedOn(String tenantId, String text) {
        var token = checked(text);
        if (!token.tenantId().equals(tenantId)) throw Refusal.INVALID_TOKEN.because("The token is invalid.");
        return token;
    }

    private Token checked(String text) {
        try {
            return tokens.check(text);
        } catch (BadTokenException e) {
            throw switch (e.fault()) {
                case EXPIRED -> Refusal.EXPIRED_TOKEN.because(e.description());
                case INVALID -> Refusal.INVALID_TOKEN.because(e.description());
            };
        }
    }

    /**
     * The tenant that a client's call names, by a token that may be expired or by its id; not yet who may call. Empty
     * where it names none.
     */
    public Optional<String> namedTenant(Context context) {
        var header = context.header("Authorization");
        if (header == null || !hasToken(header)) return tenantOfName(context);
        try {
            return Optional.of(
                    tokens.check(header.substring(BEARER.length()).trim()).tenantId());
        } catch (BadTokenException e) {
            return e.expired().map(Token::tenantId);
        }
    }

    private RefusedException withoutToken(Context context) {
        return namedTenant(context).isPresent()
                ? Refusal.UNAUTHORIZED.because("This call needs the token of a track response.")
                : unauthorized();
    }

    private static boolean hasToken(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private Optional<String> tenantOfName(Context context) {
        return BasicCredentials.name(context).flatMap(Callers::decoded).filter(tenants::exists);
    }

    /** The browser SDK encodes the tenant id as part of a URL before it encodes it for Basic. */
    private static Optional<String> decoded(String name) {
        try {
            return Optional.of(URLDecoder.decode(name, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RefusedException unauthorized() {
        return Refusal.UNAUTHORIZED.because(Refusal.UNAUTHORIZED_DESCRIPTION);
    }
}
