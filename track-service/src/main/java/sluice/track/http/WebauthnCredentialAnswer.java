package sluice.track.http;

import org.jspecify.annotations.Nullable;
import sluice.track.enrich.ParsedUserAgent;

/**
 * A passkey as the contract's section 5 has it.
 *
 * @param deviceId device that it was last used with, where the client said
 * @param name for people: of the authenticator's model, else of the client that it was made on
 * @param aaguidMapping where the model is known
 * @param parsedUserAgent of the client that it was made on
 */
record WebauthnCredentialAnswer(
        String credentialId,
        @Nullable String deviceId,
        String name,
        String aaguid,
        @Nullable AaguidMapping aaguidMapping,
        boolean credentialBackedUp,
        String credentialDeviceType,
        @Nullable String authenticatorAttachment,
        @Nullable ParsedUserAgent parsedUserAgent,
        @Nullable String verifiedAt) {

    /** A model of authenticators. Icons are not there: they are their makers' marks. */
    record AaguidMapping(String name) {}
}
