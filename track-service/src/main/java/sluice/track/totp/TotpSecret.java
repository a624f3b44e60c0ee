package sluice.track.totp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.SecureRandom;

/** A new TOTP secret, on its way to the user's app (RFC 4226 section 4, requirement R6: 160 bits). */
public final class TotpSecret {
    private static final int BYTES = 20;

    private final byte[] bytes;

    private TotpSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The 20 random bytes, to be sealed. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public static TotpSecret generate(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    /** For typing in by hand. */
    public String base32() {
        return Base32.encode(bytes);
    }

    /**
     * For a QR code, in the form that authenticator apps read.
     *
     * @param issuer whose code it is
     * @param account the user, as the app shows them
     */
    public String uri(String issuer, String account) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
                .formatted(encoded(issuer), encoded(account), base32(), encoded(issuer));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
