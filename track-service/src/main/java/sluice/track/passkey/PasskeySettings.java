package sluice.track.passkey;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.runtime.settings.Settings;

/**
 * What the operator says of passkeys.
 *
 * @param rpId the domain that they belong to; empty: the public URL's host
 * @param origins of pages that may ask for them, beside the public URL's
 */
public record PasskeySettings(Optional<String> rpId, List<String> origins) {
    private static final String RP_ID = "SLUICE_PASSKEY_RP_ID";
    private static final String ORIGINS = "SLUICE_PASSKEY_ORIGINS";

    /** What WebAuthn calls the origin of an Android app: the hash of the certificate that signed it. */
    private static final String ANDROID_APP = "android:apk-key-hash:[A-Za-z0-9_-]{43}";

    /** Browsers speak WebAuthn on https alone, but for localhost. */
    private static final String PAGE =
            "https://[a-z0-9-]+(\\.[a-z0-9-]+)*(:\\d{1,5})?|http://([a-z0-9-]+\\.)*localhost(:\\d{1,5})?";

    public PasskeySettings {
        origins = List.copyOf(origins);
    }

    /** Reads these settings; the caller refuses when it has read all of its own. */
    public static PasskeySettings from(Settings settings) {
        var rpId = settings.text(
                        RP_ID,
                        "",
                        "([a-z0-9-]+(\\.[a-z0-9-]+)*)?",
                        "a domain in lower case, such as example.com",
                        "domain that passkeys belong to; unset: the public URL's host")
                .filter(text -> !text.isEmpty());
        var origins = settings.read(
                ORIGINS,
                "",
                "origins with commas between, each https (or http on localhost), of the domain in " + RP_ID
                        + " or below it, or of an Android app",
                "sites that passkeys work on, beside the public URL",
                PasskeySettings::list,
                all -> all.stream().allMatch(origin -> isOrigin(origin, rpId)));
        return new PasskeySettings(rpId, origins.orElse(List.of()));
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }

    private static boolean isOrigin(String origin, Optional<String> rpId) {
        if (origin.matches(ANDROID_APP)) return true;
        return origin.matches(PAGE)
                && rpId.map(id -> isWithin(URI.create(origin).getHost(), id)).orElse(true);
    }

    private static boolean isWithin(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
