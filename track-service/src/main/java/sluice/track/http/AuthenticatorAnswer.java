package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Authenticator;
import sluice.schemas.PasskeyCredential;
import sluice.schemas.VerificationMethod;
import sluice.track.http.json.Json;

/** An authenticator as the contract's section 5 has it. */
record AuthenticatorAnswer(
        @Nullable String userId,
        String userAuthenticatorId,
        VerificationMethod verificationMethod,
        String createdAt,
        @Nullable String verifiedAt,
        @Nullable String lastVerifiedAt,
        boolean isDefault,
        @Nullable String phoneNumber,
        @Nullable String email,
        @Nullable WebauthnCredentialAnswer webauthnCredential) {

    /** For the backend, which is told whose it is. */
    static AuthenticatorAnswer ofServer(Sealing sealing, String tenantId, String userId, Authenticator authenticator) {
        return of(userId, authenticator, contact(sealing, tenantId, userId, authenticator));
    }

    /** For users who may see their own authenticators, contacts included. */
    static AuthenticatorAnswer ofOwner(Sealing sealing, String tenantId, String userId, Authenticator authenticator) {
        return of(null, authenticator, contact(sealing, tenantId, userId, authenticator));
    }

    private static @Nullable String contact(
            Sealing sealing, String tenantId, String userId, Authenticator authenticator) {
        var sealed = authenticator.getSealedContact();
        if (sealed == null) return null;
        var contact = sealing.open(
                Sealed.of(sealed).bytes(), "contact", tenantId, userId, authenticator.getAuthenticatorId());
        return new String(contact, UTF_8);
    }

    /** For the user's client, whatever its token may see. */
    static AuthenticatorAnswer ofClient(Authenticator authenticator) {
        return of(null, authenticator, null);
    }

    private static AuthenticatorAnswer of(
            @Nullable String userId, Authenticator authenticator, @Nullable String contact) {
        var isPhone = authenticator.getMethod() == VerificationMethod.SMS;
        return new AuthenticatorAnswer(
                userId,
                authenticator.getAuthenticatorId(),
                authenticator.getMethod(),
                Json.time(authenticator.getCreatedAt()),
                time(authenticator.getVerifiedAt()),
                time(authenticator.getLastVerifiedAt()),
                authenticator.getIsDefault(),
                isPhone ? contact : null,
                isPhone ? null : contact,
                null);
    }

    /** The same authenticator with its passkey, if it is one. */
    AuthenticatorAnswer holding(@Nullable PasskeyCredential passkey, PasskeyAnswers answers) {
        if (passkey == null) return this;
        return new AuthenticatorAnswer(
                userId,
                userAuthenticatorId,
                verificationMethod,
                createdAt,
                verifiedAt,
                lastVerifiedAt,
                isDefault,
                phoneNumber,
                email,
                answers.of(passkey, verifiedAt));
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Json.time(instant);
    }
}
