package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.AesSiv;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with a user's key of an epoch. A byte says how, four name the epoch; then as Tink writes it without a prefix. That
 * is as long as what the keyset seals, whose first byte is 1.
 */
public final class PersonalSeal {
    /** Of an epoch's key, and of a user's. */
    public static final int KEY_BYTES = 32;

    /** AES-256-GCM with a random nonce. */
    static final byte SEALED = 2;

    /** AES-SIV (RFC 5297). */
    static final byte REPEATABLE = 3;

    private static final String HMAC = "HmacSHA256";
    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final int SIV_KEY_BYTES = 64;
    private static final byte[] SEALING = "sluice personal sealing".getBytes(UTF_8);
    private static final byte[] SEALING_REPEATABLY = "sluice personal repeatable sealing".getBytes(UTF_8);

    private PersonalSeal() {}

    /** A user's key of an epoch, by the epoch's. */
    public static byte[] derived(byte[] epochKey, String tenantId, String userId) {
        return expanded(epochKey, Sealing.associated("sluice personal key", tenantId, userId), KEY_BYTES);
    }

    static boolean is(byte[] sealed) {
        return sealed.length > HEAD_BYTES && (sealed[0] == SEALED || sealed[0] == REPEATABLE);
    }

    /** The id of the epoch. */
    static int epoch(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getInt(1);
    }

    static byte[] seal(byte[] key, int epoch, byte[] plain, byte[] place) throws GeneralSecurityException {
        var cipher = new AesGcmJce(expanded(key, SEALING, KEY_BYTES));
        return headed(SEALED, epoch, cipher.encrypt(plain, place));
    }

    static byte[] sealRepeatably(byte[] key, int epoch, byte[] plain, byte[] place) throws GeneralSecurityException {
        var cipher = new AesSiv(expanded(key, SEALING_REPEATABLY, SIV_KEY_BYTES));
        return headed(REPEATABLE, epoch, cipher.encryptDeterministically(plain, place));
    }

    static byte[] open(byte[] key, byte[] sealed, byte[] place) throws GeneralSecurityException {
        var body = Arrays.copyOfRange(sealed, HEAD_BYTES, sealed.length);
        return sealed[0] == SEALED
                ? new AesGcmJce(expanded(key, SEALING, KEY_BYTES)).decrypt(body, place)
                : new AesSiv(expanded(key, SEALING_REPEATABLY, SIV_KEY_BYTES)).decryptDeterministically(body, place);
    }

    private static byte[] headed(byte form, int epoch, byte[] body) {
        return ByteBuffer.allocate(HEAD_BYTES + body.length)
                .put(form)
                .putInt(epoch)
                .put(body)
                .array();
    }

    /** HKDF-Expand with HMAC-SHA-256 (RFC 5869, 2.3). Keys are random, so there is nothing to extract (3.3). */
    static byte[] expanded(byte[] key, byte[] info, int length) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            var all = new byte[length];
            var block = new byte[0];
            for (var done = 0; done < length; done += block.length) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) (done / KEY_BYTES + 1));
                block = mac.doFinal();
                System.arraycopy(block, 0, all, done, Math.min(block.length, length - done));
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", e);
        }
    }
}
