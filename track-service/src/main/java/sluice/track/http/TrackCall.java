package sluice.track.http;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import sluice.schemas.TrackAttributes;
import sluice.schemas.id.UserKey;
import sluice.track.http.json.JsonBody;
import sluice.track.token.Token;

/** A track call as the contract has it, every field checked. */
record TrackCall(
        String userId,
        String actionCode,
        String idempotencyKey,
        Set<String> scopes,
        boolean isForSettings,
        TrackAttributes attributes) {
    private static final int SHORT = 256;
    private static final int LONG = 4096;
    private static final int REDIRECT_URL_MAX = 2048;

    /** Reads the path and the body. */
    static TrackCall of(Context context) {
        var userId = Paths.userId(context);
        var actionCode = Paths.actionCode(context);
        var body = JsonBody.of(context);
        return new TrackCall(
                userId,
                actionCode,
                body.text("idempotencyKey", UserKey.TEXT_LENGTH_MAX)
                        .map(Paths::idempotencyKey)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                scopes(body),
                body.truth("redirectToSettings").orElse(false),
                attributes(body));
    }

    /** The scopes that Sluice knows among those asked for; others grant nothing. */
    static Set<String> scopes(JsonBody body) {
        return body.text("scope", SHORT).stream()
                .flatMap(text -> Arrays.stream(text.split("[ ,]+")))
                .filter(Token.SCOPES::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a body tells of the moment: where the user comes from, and the data points that the backend adds. */
    static TrackAttributes.Builder moment(JsonBody body) {
        return TrackAttributes.newBuilder()
                .setIpAddress(body.text("ipAddress", SHORT).orElse(null))
                .setUserAgent(body.text("userAgent", LONG).orElse(null))
                .setDeviceId(body.text("deviceId", SHORT).orElse(null))
                .setLocale(body.text("locale", SHORT).orElse(null))
                .setCustom(CustomData.of(body));
    }

    private static TrackAttributes attributes(JsonBody body) {
        return moment(body)
                .setEmail(body.text("email", 2 * SHORT).orElse(null))
                .setPhoneNumber(body.text("phoneNumber", SHORT).orElse(null))
                .setUsername(body.text("username", SHORT).orElse(null))
                .setRedirectUrl(body.text("redirectUrl", REDIRECT_URL_MAX)
                        .map(TrackCall::redirectUrl)
                        .orElse(null))
                .build();
    }

    /** Any http or https URL: it comes from an authenticated backend. Other schemes could run script. */
    private static String redirectUrl(String text) {
        try {
            var url = URI.create(text);
            var isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb && url.getHost() != null) return text;
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw JsonBody.refused("redirectUrl", "an http or https URL");
    }
}
