package sluice.track.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import sluice.fuzz.Acme;
import sluice.fuzz.Choices;
import sluice.runtime.seal.Glass;
import sluice.track.http.auth.Callers;
import sluice.track.http.json.JsonBody;
import sluice.track.tenant.Tenants;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;

/**
 * What comes through the port, byte for byte: lines, paths, headers, bodies. It gets an answer that is no fault of the
 * server's, in the contract's shape; behind the port here is what reads paths, parameters and bodies, without the log.
 */
public final class HttpFuzz {
    private static final int PATIENCE_MILLIS = 2_000;
    private static final Callers CALLERS = new Callers(
            new Tenants(Acme.configuration(), InstantSource.system(), new SimpleMeterRegistry()),
            new Tokens(new TokenKeys(Acme.configuration(), Glass.sealing()), InstantSource.system()));
    private static final Admission ADMISSION = new Admission(1_000, new SimpleMeterRegistry());
    private static final LocalConnector PORT = port();

    private HttpFuzz() {}

    private static LocalConnector port() {
        var port = new LocalConnector[1];
        Javalin.create(config -> {
                    Transport.configure(config, ADMISSION);
                    config.routes.before(CALLERS::namedTenant);
                    config.jetty.addConnector((server, http) -> {
                        port[0] = new LocalConnector(server, new HttpConnectionFactory(http));
                        port[0].setIdleTimeout(PATIENCE_MILLIS);
                        return port[0];
                    });
                    config.routes.get(
                            "/v1/users",
                            context -> context.json(
                                    Map.of("of", UserLookupCall.of(context).toString())));
                    config.routes.post("/v1/users/{userId}/actions/{action}", HttpFuzz::track);
                    config.routes.get(
                            "/v1/users/{userId}/actions",
                            context -> context.json(Map.of(
                                    "of", ActionHandler.query("acme", context).toString())));
                })
                .start();
        return port[0];
    }

    private static void track(Context context) {
        var call = TrackCall.of(context);
        JsonBody.of(context);
        context.json(Map.of("userId", call.userId(), "actionCode", call.actionCode()));
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var answer = PORT.getResponse(request(new Choices(input)), false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (answer == null) return; // the request went on for ever
        var text = new String(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining(), ISO_8859_1);
        if (!text.isEmpty()) requireSound(text);
    }

    /** The bytes themselves, or a sound request with the bytes in one of its parts. */
    private static ByteBuffer request(Choices choices) {
        var kind = choices.below(5);
        var told = new String(choices.rest(), ISO_8859_1);
        var request =
                switch (kind) {
                    case 0 -> told;
                    case 1 -> "GET /v1/users?" + told + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
                    case 2 -> "POST /v1/users/" + told + "/actions/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
                    case 3 -> "GET /v1/users?email=a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + told + "\r\n\r\n";
                    default ->
                        "POST /v1/users/ada/actions/signIn HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + told.length() + "\r\n\r\n"
                                + told;
                };
        return ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    }

    /** Of the server's own refusals only those of RFC 9110 that are about the request: 501 and 505. */
    private static void requireSound(String answer) {
        if (!answer.matches("(?s)HTTP/1\\.[01] ([234]\\d\\d|501|505) .*"))
            throw new AssertionError("Not sound: " + answer);
        var isRefusal = answer.matches("(?s)HTTP/1\\.[01] 4.*");
        var isEmpty = answer.contains("Content-Length: 0");
        if (isRefusal && !isEmpty && !answer.contains("\"errorCode\"")) throw new AssertionError("No code: " + answer);
    }
}
