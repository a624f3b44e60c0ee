package sluice.rule;

import java.util.Optional;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291). An IPv4 address and the IPv6 address that it is mapped
 * to are the same; an IPv6 range that is wider than all of those holds no IPv4 address.
 *
 * @param network its first address
 * @param prefix how many leading bits all its addresses share, of the 128 of IPv6; IPv4's 32 are the last ones
 */
record IpRange(IpAddress network, int prefix) {
    private static final int BITS = 128;
    private static final int BITS_V4 = 32;

    /** Reads a range, or one address, which is a range of its own. */
    static Optional<IpRange> parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) return IpAddress.parse(text).map(address -> new IpRange(address, BITS));
        var network = IpAddress.parse(text.substring(0, slash));
        var digits = text.substring(slash + 1);
        if (network.isEmpty() || !digits.matches("0|[1-9]\\d{0,2}")) return Optional.empty();
        var isV4 = text.indexOf(':') < 0;
        var prefix = Integer.parseInt(digits);
        if (prefix > (isV4 ? BITS_V4 : BITS)) return Optional.empty();
        return Optional.of(new IpRange(network.get(), isV4 ? prefix + BITS - BITS_V4 : prefix));
    }

    /** Whether bits beyond the prefix are set, so that the text names an address and not a range. */
    boolean isSkewed() {
        return !network.masked(prefix).equals(network);
    }

    boolean contains(IpAddress address) {
        var isV4 = network.isV4() && prefix >= BITS - BITS_V4;
        return address.isV4() == isV4 && address.masked(prefix).equals(network);
    }
}
