package sluice.track.totp;

import java.io.ByteArrayOutputStream;

/** Base32 without padding (RFC 4648 section 6), as authenticator apps take a secret. */
public final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private Base32() {}

    /** Writes bytes; 20 of them give 32 characters. */
    public static String encode(byte[] bytes) {
        var text = new StringBuilder();
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
        if (bits > 0) text.append(ALPHABET.charAt((buffer << (BITS - bits)) & MASK));
        return text.toString();
    }

    /**
     * Reads text, as an authenticator app does.
     *
     * @throws IllegalArgumentException if a letter is none of the alphabet's
     */
    public static byte[] decode(String text) {
        var bytes = new ByteArrayOutputStream();
        var buffer = 0;
        var bits = 0;
        for (var i = 0; i < text.length(); i++) {
            var value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) throw new IllegalArgumentException("Not base32 at " + i);
            buffer = (buffer << BITS) | value;
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(buffer >> bits);
            }
        }
        return bytes.toByteArray();
    }
}
