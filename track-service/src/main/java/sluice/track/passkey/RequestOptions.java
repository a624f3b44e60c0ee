package sluice.track.passkey;

import java.util.Collection;
import java.util.List;
import sluice.schemas.PasskeyCredential;

/**
 * What a browser is to ask a passkey by: WebAuthn's PublicKeyCredentialRequestOptionsJSON.
 *
 * @param timeout in milliseconds
 * @param allowCredentials those that will do; empty: whichever the user chooses
 */
public record RequestOptions(
        String challenge, long timeout, String rpId, List<Descriptor> allowCredentials, String userVerification) {

    /** @param held the user's passkeys, where the user is known */
    public static RequestOptions of(
            RelyingParty party, PasskeyChallenge challenge, long timeoutMillis, Collection<PasskeyCredential> held) {
        return new RequestOptions(challenge.challenge(), timeoutMillis, party.id(), Descriptor.all(held), "required");
    }
}
