package sluice.track.http.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads HTTP Basic as the SDKs send it: some with a colon after the name, some without (contract section 1). */
final class BasicCredentials {
    private static final String SCHEME = "Basic ";

    private BasicCredentials() {}

    /** The name, whatever password came with it; empty where there is no readable Basic header. */
    static Optional<String> name(Context context) {
        return name(context.header("Authorization"));
    }

    static Optional<String> name(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Optional.empty();
        try {
            var text = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).trim()), UTF_8);
            var colon = text.indexOf(':');
            return Optional.of(colon < 0 ? text : text.substring(0, colon)).filter(name -> !name.isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
