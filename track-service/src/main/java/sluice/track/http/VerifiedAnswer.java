package sluice.track.http;

import org.jspecify.annotations.Nullable;

/**
 * What came of an answer to a challenge (contract section 4, verify).
 *
 * @param accessToken a new token of the same action, when it was right
 * @param failureReason why it does not count
 * @param userAuthenticator the authenticator whose enrolment it has finished
 */
record VerifiedAnswer(
        boolean isVerified,
        @Nullable String accessToken,
        @Nullable String failureReason,
        @Nullable AuthenticatorAnswer userAuthenticator) {

    static VerifiedAnswer not(@Nullable String failureReason) {
        return new VerifiedAnswer(false, null, failureReason, null);
    }
}
