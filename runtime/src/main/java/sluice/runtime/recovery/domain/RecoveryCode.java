package sluice.runtime.recovery.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A recovery code: 120 bits, written as 24 characters of Crockford's base32, which has no letter that looks like a
 * digit. Immutable; its text is shown once and never logged.
 */
public final class RecoveryCode {
    /** Random bytes that make a code. From 112 bits on a fast salted hash will do (NIST SP 800-63B, look-up secrets). */
    public static final int BYTES = 15;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final int LENGTH = BYTES * Byte.SIZE / BITS;
    private static final int GROUP = 6;
    private static final String HMAC = "HmacSHA256";

    private final String text;

    private RecoveryCode(String text) {
        this.text = text;
    }

    /**
     * The code that some bytes make.
     *
     * @param bytes 15 of them, from a secure source
     */
    public static RecoveryCode of(byte[] bytes) {
        if (bytes.length != BYTES) throw new IllegalArgumentException("A code is made of " + BYTES + " bytes");
        var text = new StringBuilder(LENGTH);
        var buffer = 0;
        var bits = 0;
        for (var each : bytes) {
            buffer = (buffer << Byte.SIZE) | (each & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((buffer >> bits) & MASK));
            }
        }
        return new RecoveryCode(text.toString());
    }

    /**
     * Reads what somebody typed: in any case, with or without blanks and hyphens, with the letters O, I and L for the
     * digits that they are taken for.
     *
     * @return empty if it can't be a code
     */
    public static Optional<RecoveryCode> read(String typed) {
        var text = new StringBuilder(LENGTH);
        for (var i = 0; i < typed.length(); i++) {
            var letter = typed.charAt(i);
            if (letter == '-' || letter == ' ') continue;
            var meant = ALPHABET.indexOf(meant(letter));
            if (meant < 0 || text.length() == LENGTH) return Optional.empty();
            text.append(ALPHABET.charAt(meant));
        }
        return text.length() == LENGTH ? Optional.of(new RecoveryCode(text.toString())) : Optional.empty();
    }

    /** ASCII alone: other alphabets have letters whose upper case is in this one. */
    private static char meant(char letter) {
        var upper = letter >= 'a' && letter <= 'z' ? (char) (letter - 'a' + 'A') : letter;
        return switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
    }

    /** For people: four groups of six with hyphens between. */
    public String grouped() {
        return text.replaceAll("(.{" + GROUP + "})(?=.)", "$1-");
    }

    /**
     * What is kept of the code.
     *
     * @param salt of its set, in hexadecimal
     * @return HMAC-SHA-256 of the 24 characters, keyed with the salt, in lower-case hexadecimal
     */
    public String hash(String salt) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "RecoveryCode"; // never the code
    }
}
