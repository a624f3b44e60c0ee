package sluice.track.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.schemas.Authenticator;
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
        boolean isDefault) {

    /** For the backend, which is told whose it is. */
    static AuthenticatorAnswer ofServer(String userId, Authenticator authenticator) {
        return of(userId, authenticator);
    }

    /** For the user's client. */
    static AuthenticatorAnswer ofClient(Authenticator authenticator) {
        return of(null, authenticator);
    }

    private static AuthenticatorAnswer of(@Nullable String userId, Authenticator authenticator) {
        return new AuthenticatorAnswer(
                userId,
                authenticator.getAuthenticatorId(),
                authenticator.getMethod(),
                Json.time(authenticator.getCreatedAt()),
                time(authenticator.getVerifiedAt()),
                time(authenticator.getLastVerifiedAt()),
                authenticator.getIsDefault());
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Json.time(instant);
    }
}
