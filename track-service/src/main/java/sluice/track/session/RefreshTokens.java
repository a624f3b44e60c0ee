package sluice.track.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.schemas.RefreshToken;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;
import sluice.track.token.BadTokenException;
import sluice.track.token.BadTokenException.Fault;

/**
 * Refresh tokens: a {@link RefreshToken} in Sluice's wire format, sealed, in unpadded base64url. The seal says that it
 * is ours and unaltered; the secret inside is what the session's state knows the hash of. Thread-safe.
 */
public final class RefreshTokens {
    private static final String SEALED_FOR = "refresh-token";
    private static final int SECRET_BYTES = 32;

    private final Sealing sealing;
    private final AvroSerde<RefreshToken> serde;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public RefreshTokens(Sealing sealing, SchemaIds ids, InstantSource clock) {
        this.sealing = sealing;
        this.serde = new AvroSerde<>(RefreshToken.class, ids);
        this.clock = clock;
    }

    /** What the refresh tokens of a new session have inside: 256 random bits. */
    public ByteBuffer newSecret() {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return ByteBuffer.wrap(secret);
    }

    /** SHA-256 of a secret, in lower-case hexadecimal. The secrets are random, so a plain hash keeps them. */
    public static String hash(ByteBuffer secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }

    /** The token as its holder has it. */
    public String seal(RefreshToken token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealing.seal(serde.toBytes(token), SEALED_FOR));
    }

    /**
     * Opens a token.
     *
     * @throws BadTokenException if it is not one that Sluice sealed, or its time is over
     */
    public RefreshToken open(String text) throws BadTokenException {
        RefreshToken token;
        try {
            token = serde.fromBytes(sealing.open(Base64.getUrlDecoder().decode(text), SEALED_FOR));
        } catch (IllegalArgumentException | SealBrokenException | SerializationException e) {
            throw new BadTokenException(Fault.INVALID);
        }
        if (!clock.instant().isBefore(token.getExpiresAt())) throw new BadTokenException(Fault.EXPIRED);
        return token;
    }
}
