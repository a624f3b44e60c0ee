package sluice.track.http;

import sluice.schemas.CommandRefusal;

/** Why an enrolment was refused, in the contract's words. */
final class EnrolmentRefusal {
    private EnrolmentRefusal() {}

    /** @param method what would have been enrolled, for people */
    static RefusedException of(CommandRefusal refusal, String method) {
        return switch (refusal) {
            case METHOD_NOT_ACTIVATED ->
                Refusal.INVALID_CONFIGURATION.because("This tenant has not activated " + method + ".");
            case BINDING_NOT_ALLOWED ->
                Refusal.UNAUTHORIZED.because(
                        "This token can't bind an authenticator: where the user has one, it takes a token that was tracked"
                                + " with the scope add:authenticators, or a challenge met with an existing one; where"
                                + " the action was stopped, or allows other methods only, another action.");
            case TOO_MANY_AUTHENTICATORS ->
                Refusal.INVALID_REQUEST.because("The user has as many authenticators as can be.");
            case NOT_FOUND,
                    NOT_PERMITTED,
                    CHALLENGE_NOT_OPEN,
                    TOO_MANY_CODES,
                    CHALLENGE_NOT_VERIFIED,
                    CHALLENGE_CLAIMED,
                    ALREADY_DONE,
                    MALFORMED,
                    UNKNOWN -> Refusal.INVALID_REQUEST.because("The enrolment can't be understood.");
        };
    }
}
