package sluice.track.passkey;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.schemas.PasskeyCredential;

/**
 * What a browser is to make a passkey by: WebAuthn's PublicKeyCredentialCreationOptionsJSON. It shall be one that the
 * browser finds by itself, and that asks who uses it, since it stands alone.
 */
public record CreationOptions(
        String challenge,
        Party rp,
        Person user,
        List<Algorithm> pubKeyCredParams,
        long timeout,
        List<Descriptor> excludeCredentials,
        Selection authenticatorSelection,
        String attestation) {

    /** ES256, EdDSA and RS256 by COSE's numbers, the best first: the processor takes no other. */
    private static final List<Algorithm> ALGORITHMS = Stream.of(-7, -8, -257)
            .map(number -> new Algorithm("public-key", number))
            .toList();

    private record Party(String id, String name) {}

    private record Person(String id, String name, String displayName) {}

    private record Algorithm(String type, int alg) {}

    private record Selection(
            String residentKey,
            boolean requireResidentKey,
            String userVerification,
            @Nullable String authenticatorAttachment) {}

    /**
     * Options for one user.
     *
     * @param name of the relying party, for people
     * @param handle what the passkey will name its user by
     * @param username what the browser shows of the user
     * @param held passkeys that the user has, none of which is to be made twice
     * @param attachment where it shall live, platform or cross-platform; null: anywhere
     */
    public static CreationOptions of(
            RelyingParty party,
            String name,
            UserHandle handle,
            String username,
            byte[] challenge,
            Duration timeout,
            Collection<PasskeyCredential> held,
            @Nullable String attachment) {
        return new CreationOptions(
                PasskeyChallenge.text(challenge),
                new Party(party.id(), name),
                new Person(handle.text(), username, username),
                ALGORITHMS,
                timeout.toMillis(),
                Descriptor.all(held),
                new Selection("required", true, "required", attachment),
                "none");
    }
}
