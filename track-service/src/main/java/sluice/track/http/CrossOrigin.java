package sluice.track.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.function.Supplier;
import sluice.track.passkey.RelyingParty;

/** Says which sites' scripts may call the client API (contract section 1). */
final class CrossOrigin {
    private final Supplier<RelyingParty> relyingParty;

    CrossOrigin(Supplier<RelyingParty> relyingParty) {
        this.relyingParty = relyingParty;
    }

    /**
     * Tokens are bearer tokens: no cookie is looked at, so no origin can borrow one. The browser SDK sends cookies all
     * the same where it is told to, and a browser then wants its page's origin named: those are that passkeys work on.
     *
     * <p>A preflight is answered here, not by a route, which would make every unknown path one that only takes another
     * method.
     */
    void allow(Context context) {
        var origin = context.header("Origin");
        context.header("Vary", "Origin");
        if (origin != null && relyingParty.get().admits(origin)) {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Access-Control-Allow-Credentials", "true");
        } else {
            context.header("Access-Control-Allow-Origin", "*");
        }
        context.header("Access-Control-Expose-Headers", "Retry-After");
        if (!context.method().equals(HandlerType.OPTIONS)) return;
        context.header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
        context.header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Authsignal-Version");
        context.header("Access-Control-Max-Age", "600");
        context.status(204);
        context.skipRemainingHandlers();
    }
}
