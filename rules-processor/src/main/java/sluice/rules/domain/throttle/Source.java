package sluice.rules.domain.throttle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import sluice.rules.domain.history.Surroundings;

/**
 * What somebody came with, as far as failures are counted by it. Hashes, which are short whatever they are of; they lie
 * sealed.
 *
 * @param device of the device id; empty: none was told
 * @param network of the address, of an IPv6 address its network of 64 bits; of nothing where none was told
 */
public record Source(Optional<String> device, String network) {
    private static final int HASH_BYTES = 16;
    private static final int GROUPS = 8;
    private static final int NETWORK_GROUPS = 4;

    /** Nothing was told. */
    public static final Source UNKNOWN = new Source(Optional.empty(), hash(""));

    /** @param came what the user came with to an action */
    public static Source of(Surroundings came) {
        return new Source(
                came.deviceId().map(Source::hash),
                hash(came.address().map(Source::networkOf).orElse("")));
    }

    /** One line has a whole IPv6 network of 64 bits, and changes its address as it likes. */
    static String networkOf(String address) {
        if (address.indexOf(':') < 0) return address;
        var halves = address.split("::", 2);
        var groups = new ArrayList<>(groups(halves[0]));
        if (halves.length > 1) {
            var tail = groups(halves[1]);
            groups.addAll(Collections.nCopies(Math.max(0, GROUPS - groups.size() - tail.size()), "0"));
            groups.addAll(tail);
        }
        return String.join(":", groups.subList(0, Math.min(NETWORK_GROUPS, groups.size())));
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(":"));
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
