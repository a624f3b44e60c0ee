package sluice.track.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The origin of an http or https URL as a browser names it (RFC 6454 section 6.2): lower case, no port that is the
 * scheme's own. Read more strictly than browsers read: a URL that two readers could take for two hosts has no origin
 * here, nor has one with a user name, and names that aren't ASCII must come as {@code xn--}. Nor has a literal IPv6
 * address one, since a Content-Security-Policy can't name it.
 *
 * @param text such as {@code https://shop.example} or {@code http://localhost:3000}
 */
public record WebOrigin(String text) {
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*");
    private static final int PORT_MAX = 65_535;

    /** The origin of a URL, empty if it has none that is certain. */
    public static Optional<WebOrigin> of(String url) {
        return parsed(url).flatMap(WebOrigin::of);
    }

    /** The origin that is written as one: no path, query or fragment; one slash at the end is let pass. */
    public static Optional<WebOrigin> named(String text) {
        return parsed(text)
                .filter(uri -> uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .flatMap(WebOrigin::of);
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<WebOrigin> of(URI url) {
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        var host = url.getHost().toLowerCase(Locale.ROOT);
        var isWeb = scheme.equals("https") || scheme.equals("http");
        if (!isWeb || !HOST.matcher(host).matches() || url.getPort() > PORT_MAX) return Optional.empty();
        var isUsualPort = url.getPort() == -1 || url.getPort() == (scheme.equals("https") ? 443 : 80);
        return Optional.of(new WebOrigin(scheme + "://" + host + (isUsualPort ? "" : ":" + url.getPort())));
    }
}
