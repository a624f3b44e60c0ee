package sluice.runtime.recovery.domain;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/**
 * What is kept of a set of recovery codes.
 *
 * @param salt of this set alone, 16 bytes in lower-case hexadecimal
 * @param hashes of its codes, each once, 32 bytes in lower-case hexadecimal; ten at most
 */
public record RecoverySet(String salt, List<String> hashes) {
    public static final int SALT_BYTES = 16;
    public static final int CODES_MAX = 10;
    private static final int HASH_BYTES = 32;

    public RecoverySet {
        hashes = List.copyOf(hashes);
        requireBytes(salt, SALT_BYTES);
        hashes.forEach(hash -> requireBytes(hash, HASH_BYTES));
        if (hashes.size() > CODES_MAX || new HashSet<>(hashes).size() < hashes.size()) {
            throw new IllegalArgumentException("Up to " + CODES_MAX + " different codes, not " + hashes.size());
        }
    }

    /**
     * What is to be kept of some codes.
     *
     * @param salt 16 random bytes
     */
    public static RecoverySet of(byte[] salt, List<RecoveryCode> codes) {
        var hex = HexFormat.of().formatHex(salt);
        return new RecoverySet(hex, codes.stream().map(code -> code.hash(hex)).toList());
    }

    private static void requireBytes(String hex, int count) {
        if (HexFormat.of().parseHex(hex).length != count) {
            throw new IllegalArgumentException("Expected " + count + " bytes");
        }
    }
}
