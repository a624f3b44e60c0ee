package sluice.track.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.function.Supplier;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.track.http.auth.Callers;
import sluice.track.origin.AllowedOrigins;
import sluice.track.origin.WebOrigin;
import sluice.track.passkey.RelyingParty;

/**
 * Which sites' pages may call the client API: those of the tenant's allowed origins, any if it has set none, and always
 * the pre-built pages themselves. Tokens are bearer tokens: no cookie is looked at, so no origin can borrow one. The
 * browser SDK sends cookies all the same where it is told to for passkeys, and a browser then wants its page's origin
 * named: those are that passkeys work on.
 */
final class Cors {
    private final Callers callers;
    private final ConfigurationSource configuration;
    private final TokenIssue tokens;
    private final Supplier<RelyingParty> relyingParty;

    Cors(Edge edge) {
        this.callers = edge.callers();
        this.configuration = edge.node().configuration();
        this.tokens = edge.tokenIssue();
        this.relyingParty = edge.relyingParty();
    }

    /**
     * Lets the page at the call's origin read the answer, or refuses the call before it has an effect. A preflight is
     * answered here, not by a route, which would make every unknown path one that only takes another method.
     */
    void answer(Context context) {
        if (context.method().equals(HandlerType.OPTIONS)) {
            preflight(context);
            return;
        }
        var allowed =
                callers.namedTenant(context).map(configuration.newest()::tenant).map(AllowedOrigins::of);
        if (allowed.map(origins -> allow(context, origins)).orElseGet(() -> allowOfAny(context))) return;
        throw Refusal.UNAUTHORIZED.because("The tenant allows no calls from pages of this origin.");
    }

    /** A preflight names no tenant: it is told yes if any tenant would say so, and the call itself asks its own. */
    private void preflight(Context context) {
        if (allowOfAny(context)) {
            context.header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
            context.header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Authsignal-Version");
            context.header("Access-Control-Max-Age", "600");
        }
        context.status(204);
        context.skipRemainingHandlers();
    }

    private boolean allowOfAny(Context context) {
        return configuration.newest().tenants().values().stream()
                .map(tenant -> new AllowedOrigins(tenant.allowedOrigins()))
                .anyMatch(origins -> allow(context, origins));
    }

    /** Whether the call's origin is among them; if so the answer says it. Who is no browser names no origin. */
    private boolean allow(Context context, AllowedOrigins origins) {
        var origin = context.header("Origin");
        context.header("Vary", "Origin");
        if (origin != null && !origins.allow(origin) && !isOurs(origin)) return false;
        if (origin != null && relyingParty.get().admits(origin)) {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Access-Control-Allow-Credentials", "true");
        } else if (origins.areAny()) {
            context.header("Access-Control-Allow-Origin", "*");
        } else if (origin != null) {
            context.header("Access-Control-Allow-Origin", origin);
        }
        context.header("Access-Control-Expose-Headers", "Retry-After");
        return true;
    }

    private boolean isOurs(String origin) {
        return WebOrigin.of(origin).equals(tokens.pageOrigin());
    }
}
