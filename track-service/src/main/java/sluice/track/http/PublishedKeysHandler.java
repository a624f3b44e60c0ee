package sluice.track.http;

import io.javalin.http.Context;
import java.time.InstantSource;
import sluice.track.session.SessionKeys;

/** {@code GET /.well-known/jwks.json}: the public keys that sessions' access tokens are checked with (RFC 7517). */
final class PublishedKeysHandler {
    /** Less than a new key's head start: whoever looks again in time knows it before anything is signed with it. */
    private static final String CACHE = "public, max-age=300";

    private final SessionKeys keys;
    private final InstantSource clock;

    PublishedKeysHandler(Edge edge) {
        this.keys = edge.sessions().keys();
        this.clock = edge.clock();
    }

    void handle(Context context) {
        context.header("Cache-Control", CACHE);
        context.header("Access-Control-Allow-Origin", "*");
        context.json(keys.published(clock.instant()));
    }
}
