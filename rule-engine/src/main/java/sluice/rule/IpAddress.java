package sluice.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IPv6 address, or an IPv4 one as the IPv6 address that it is mapped to ({@code ::ffff:0:0/96}, RFC 4291 section
 * 2.5.5.2). Nothing is looked up: a host name is no address.
 */
record IpAddress(long high, long low) {
    private static final long MAPPED = 0xFFFFL << 32;
    private static final int GROUPS = 8;
    private static final int TEXT_LENGTH_MAX = 45;

    static Optional<IpAddress> parse(String text) {
        if (text.length() > TEXT_LENGTH_MAX) return Optional.empty();
        return text.indexOf(':') < 0 ? v4(text).map(bits -> new IpAddress(0, MAPPED | bits)) : v6(text);
    }

    boolean isV4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    IpAddress masked(int prefix) {
        return new IpAddress(high & mask(prefix), low & mask(prefix - Long.SIZE));
    }

    private static long mask(int bits) {
        if (bits <= 0) return 0;
        return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    /** Four decimal numbers; none with a leading zero, which some read as octal. */
    private static Optional<Long> v4(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) return Optional.empty();
        var bits = 0L;
        for (var part : parts) {
            if (!part.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(part) > 0xFF) return Optional.empty();
            bits = bits << 8 | Integer.parseInt(part);
        }
        return Optional.of(bits);
    }

    private static Optional<IpAddress> v6(String text) {
        var gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) return Optional.empty();
        if (gap < 0)
            return groups(text).filter(groups -> groups.size() == GROUPS).map(IpAddress::of);
        var before = groups(text.substring(0, gap));
        var after = groups(text.substring(gap + 2));
        if (before.isEmpty() || after.isEmpty()) return Optional.empty();
        var missing = GROUPS - before.get().size() - after.get().size();
        if (missing < 1 || text.substring(0, gap).indexOf('.') >= 0) return Optional.empty();
        var all = new ArrayList<>(before.get());
        for (var i = 0; i < missing; i++) all.add(0L);
        all.addAll(after.get());
        return Optional.of(of(all));
    }

    /** Groups of 16 bits between colons; the last two may be written as an IPv4 address. */
    private static Optional<List<Long>> groups(String text) {
        var groups = new ArrayList<Long>();
        if (text.isEmpty()) return Optional.of(groups);
        var parts = text.split(":", -1);
        for (var i = 0; i < parts.length; i++) {
            if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Long.parseLong(parts[i], 16));
                continue;
            }
            var v4 = v4(parts[i]);
            if (v4.isEmpty() || i < parts.length - 1) return Optional.empty();
            groups.add(v4.get() >>> 16);
            groups.add(v4.get() & 0xFFFF);
        }
        return Optional.of(groups);
    }

    private static IpAddress of(List<Long> groups) {
        var high = 0L;
        var low = 0L;
        for (var i = 0; i < GROUPS; i++) {
            if (i < GROUPS / 2) high = high << 16 | groups.get(i);
            else low = low << 16 | groups.get(i);
        }
        return new IpAddress(high, low);
    }
}
