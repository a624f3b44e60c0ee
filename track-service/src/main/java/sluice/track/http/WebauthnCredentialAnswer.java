package sluice.track.http;

import org.jspecify.annotations.Nullable;
import sluice.schemas.PasskeyCredential;

/** A passkey as the contract's section 5 has it, as far as it is known here. */
record WebauthnCredentialAnswer(
        String credentialId,
        String aaguid,
        boolean credentialBackedUp,
        String credentialDeviceType,
        @Nullable String authenticatorAttachment,
        @Nullable String verifiedAt) {

    static WebauthnCredentialAnswer of(PasskeyCredential passkey, @Nullable String verifiedAt) {
        return new WebauthnCredentialAnswer(
                passkey.getCredentialId(),
                passkey.getAaguid(),
                passkey.getIsBackedUp(),
                passkey.getIsBackupEligible() ? "multiDevice" : "singleDevice",
                passkey.getAttachment(),
                verifiedAt);
    }
}
