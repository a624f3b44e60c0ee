package sluice.track.http.auth;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.runtime.audit.domain.Actor;
import sluice.schemas.CredentialKind;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;
import sluice.track.http.openapi.Operations;
import sluice.track.tenant.Tenants;
import sluice.track.token.BadTokenException;
import sluice.track.token.Token;
import sluice.track.token.Tokens;

/**
 * Who calls. Server key, management key and client token are three kinds of credential, and none opens another's doors.
 */
public final class Callers {
    private static final String BEARER = "Bearer ";

    private static final String CREDENTIAL = "credential";

    private final Tenants tenants;
    private final Tokens tokens;
    private final Operations operations = new Operations();

    public Callers(Tenants tenants, Tokens tokens) {
        this.tenants = tenants;
        this.tokens = tokens;
    }

    /** What a caller has shown. */
    private record Credential(CredentialKind kind, Optional<String> id) {
        static void note(Context context, CredentialKind kind, Optional<String> id) {
            context.attribute(CREDENTIAL, new Credential(kind, id));
        }
    }

    /**
     * Who calls, for the log.
     *
     * @param context of a call whose caller was asked for before, by one of the other methods
     */
    public Actor actor(Context context) {
        Credential shown = context.attribute(CREDENTIAL);
        if (shown == null) throw new IllegalStateException("Nobody has asked who calls");
        return new Actor(shown.kind(), shown.id(), operations.id(context));
    }

    /** Who follows a link that was sent to them. */
    public Actor reader(Context context) {
        return new Actor(CredentialKind.MAIL_LINK, Optional.empty(), operations.id(context));
    }

    /** The tenant whose backend calls. */
    public String backend(Context context) {
        return tenantBy(context, CredentialKind.SERVER_SECRET, tenants::ofApiSecret);
    }

    /** The tenant whose management calls. */
    public String management(Context context) {
        return tenantBy(context, CredentialKind.MANAGEMENT_SECRET, tenants::ofManagementSecret);
    }

    private static String tenantBy(
            Context context, CredentialKind kind, Function<String, Optional<Tenants.Opened>> lookUp) {
        var opened = BasicCredentials.name(context).flatMap(lookUp).orElseThrow(Callers::unauthorized);
        Credential.note(context, kind, Optional.of(opened.secretId()));
        return opened.tenantId();
    }

    /** The token of the user's client, if it has one; where it has none, {@link #tenantOfClient} tells whose it is. */
    public Optional<Token> clientIfAny(Context context) {
        return hasToken(context.header("Authorization")) ? Optional.of(client(context)) : Optional.empty();
    }

    /** The tenant of a client that has no token yet: it is named, not proved. */
    public String tenantOfClient(Context context) {
        var tenantId = tenantOfName(context).orElseThrow(Callers::unauthorized);
        Credential.note(context, CredentialKind.TENANT_ID, Optional.empty());
        return tenantId;
    }

    /** The token of the user's client. Tenant credentials alone name no user and don't do here. */
    public Token client(Context context) {
        var header = context.header("Authorization");
        if (header == null || !hasToken(header)) throw withoutToken(context);
        var checked = checked(header.substring(BEARER.length()).trim());
        Credential.note(context, CredentialKind.CLIENT_TOKEN, Optional.of(checked.id()));
        return checked.token();
    }

    /** A token that a backend hands on; another tenant's is as invalid as a forged one (E1). */
    public Token handedOn(String tenantId, String text) {
        var token = checked(text).token();
        if (!token.tenantId().equals(tenantId)) throw Refusal.INVALID_TOKEN.because("The token is invalid.");
        return token;
    }

    private Tokens.Checked checked(String text) {
        try {
            return tokens.checked(text);
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
