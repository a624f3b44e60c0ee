package sluice.track.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where webhooks may go. A tenant names the URL, but the request leaves from inside the operator's network, where
 * services may trust whoever reaches them: so the operator draws the line.
 */
public enum Targets {
    /** Public addresses, by https. */
    PUBLIC,
    /** As {@link #PUBLIC}, and this machine's loopback, by http too. */
    LOOPBACK,
    /** Any address, by http or https. */
    ANY;

    private static final int IPV6_BYTES = 16;

    /** Whether this can be the URL of a webhook at all: absolute, http or https, and no credentials in it. */
    public static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return (isHttps(url) || "http".equals(scheme(url)))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * Where a request for a URL goes, empty if it may not go there. In the clear it goes to the very address that was
     * looked at, whatever its name may stand for a moment later; over TLS the certificate binds the name.
     *
     * @param addresses what the URL's host stands for, one or more
     */
    Optional<URI> allowed(URI url, List<InetAddress> addresses) {
        if (!allow(url, addresses)) return Optional.empty();
        return Optional.of(this == ANY || isHttps(url) ? url : at(url, addresses.get(0)));
    }

    private static URI at(URI url, InetAddress address) {
        var literal = address.getHostAddress();
        var host = address instanceof Inet6Address ? "[" + literal.replaceFirst("%.*", "") + "]" : literal;
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create("http://" + host + port + url.getRawPath() + query);
    }

    /**
     * Whether a request may go there.
     *
     * @param addresses what the URL's host stands for, one or more
     */
    boolean allow(URI url, Collection<InetAddress> addresses) {
        if (addresses.isEmpty()) return false;
        return switch (this) {
            case ANY -> true;
            case LOOPBACK ->
                addresses.stream().allMatch(InetAddress::isLoopbackAddress)
                        || (isHttps(url) && addresses.stream().allMatch(Targets::isPublic));
            case PUBLIC -> isHttps(url) && addresses.stream().allMatch(Targets::isPublic);
        };
    }

    private static boolean isHttps(URI url) {
        return "https".equals(scheme(url));
    }

    private static String scheme(URI url) {
        return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress() // of clouds' metadata services too
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !isReserved(address.getAddress());
    }

    /** What Java does not name: RFC 6890 for IPv4, unique local addresses of RFC 4193, and IPv4 inside IPv6. */
    private static boolean isReserved(byte[] address) {
        var first = address[0] & 0xff;
        var second = address[1] & 0xff;
        if (address.length == IPV6_BYTES) return first == 0 || (first & 0xfe) == 0xfc || (first == 0x20 && second == 2);
        var isShared = first == 100 && (second & 0xc0) == 64;
        var isForBenchmarks = first == 198 && (second & 0xfe) == 18;
        return first == 0 || first >= 240 || isShared || isForBenchmarks;
    }
}
