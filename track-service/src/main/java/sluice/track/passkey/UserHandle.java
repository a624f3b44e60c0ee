package sluice.track.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Optional;

/**
 * What a passkey names its user by, in base64url: the user id itself, so that a sign-in that begins with the passkey
 * finds the user without asking anybody.
 */
public record UserHandle(String text) {
    /** WebAuthn Level 3 section 5.4.3: authenticators hold no more. */
    public static final int BYTES_MAX = 64;

    /** The handle of a user; empty if their id is too long for one. */
    public static Optional<UserHandle> of(String userId) {
        var bytes = userId.getBytes(UTF_8);
        return bytes.length > BYTES_MAX ? Optional.empty() : Optional.of(new UserHandle(PasskeyChallenge.text(bytes)));
    }

    /** The user whom a handle names; empty if it can't be one of ours. */
    public Optional<String> userId() {
        try {
            var bytes = Base64.getUrlDecoder().decode(text.getBytes(UTF_8));
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
