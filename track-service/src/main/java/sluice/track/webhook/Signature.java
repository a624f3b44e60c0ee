package sluice.track.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The value of the header {@code X-Signature-V2} (contract section 9). */
final class Signature {
    static final String HEADER = "X-Signature-V2";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Signs a body.
     *
     * @param at when it is sent: SDKs refuse what is older than five minutes (S25)
     * @param secrets the tenant's API secrets, one or more; each signs, so that a receiver may have any of them
     * @return {@code t=<epoch seconds>,v2=<base64 without padding>[,v2=…]}
     */
    static String of(String body, Instant at, List<byte[]> secrets) {
        if (secrets.isEmpty()) throw new IllegalArgumentException("Nothing to sign with");
        var time = at.getEpochSecond();
        var signed = (time + "." + body).getBytes(UTF_8);
        return secrets.stream().map(secret -> ",v2=" + hmac(signed, secret)).collect(joining("", "t=" + time, ""));
    }

    private static String hmac(byte[] signed, byte[] secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return Base64.getEncoder().withoutPadding().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("Every JDK has HMAC-SHA-256", e);
        }
    }
}
