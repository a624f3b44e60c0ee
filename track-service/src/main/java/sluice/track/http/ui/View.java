package sluice.track.http.ui;

import java.util.Set;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

/** What the page of a challenge shows first. Its script shows the same views as the challenge goes on. */
public enum View {
    ENROLL("totp-enrollment"),
    CHALLENGE("totp-code-entry"),
    RECOVERY("recovery-code-entry"),
    SUCCESS("success"),
    FAILED("failed"),
    BLOCKED("blocked"),
    REVIEW("review"),
    UNSUPPORTED("unsupported", 400, "invalid_configuration"),
    EXPIRED("expired", 401, "expired_token"),
    INVALID("invalid", 401, "invalid_token"),
    UNAVAILABLE("unavailable", 503, "service_unavailable");

    private final String screen;
    private final int status;
    private final String errorCode;

    View(String screen) {
        this(screen, 200, "");
    }

    View(String screen, int status, String errorCode) {
        this.screen = screen;
        this.status = status;
        this.errorCode = errorCode;
    }

    /** HTTP status of a page that shows this first. */
    public int status() {
        return status;
    }

    /** The contract's code for it, told to the SDK that shows the page; empty where nothing is wrong. */
    String errorCode() {
        return errorCode;
    }

    /** Id of the screen that it is, in the template and in the catalogue of texts. */
    String screen() {
        return screen;
    }

    /**
     * Chooses by the rules that bind an authenticator (contract section 4), so that nobody is shown what the API would
     * refuse.
     *
     * @param state where the action stands
     * @param isEnrolled whether the user has any authenticator
     * @param methods those that the user can meet a challenge with here
     * @param mayAdd whether the token has the scope to add one
     * @param isEnrolmentForced whether an enrolment was asked for, whatever the user has
     */
    public static View of(
            ActionState state,
            boolean isEnrolled,
            Set<VerificationMethod> methods,
            boolean mayAdd,
            boolean isEnrolmentForced) {
        var enrolsFirst = !isEnrolled || (mayAdd && (isEnrolmentForced || methods.isEmpty()));
        return switch (state) {
            case CHALLENGE_REQUIRED -> enrolsFirst ? ENROLL : challenge(methods);
            case ALLOW -> !isEnrolled || (mayAdd && isEnrolmentForced) ? ENROLL : SUCCESS;
            case CHALLENGE_SUCCEEDED -> isEnrolmentForced ? ENROLL : SUCCESS;
            case REVIEW_SUCCEEDED -> SUCCESS;
            case REVIEW_REQUIRED -> REVIEW;
            case CHALLENGE_FAILED -> FAILED;
            case BLOCK, REVIEW_FAILED -> BLOCKED;
            case UNKNOWN -> INVALID;
        };
    }

    /** Recovery codes are for who has nothing else: they come first only where they are all there is. */
    private static View challenge(Set<VerificationMethod> methods) {
        if (methods.contains(VerificationMethod.AUTHENTICATOR_APP)) return CHALLENGE;
        return methods.contains(VerificationMethod.RECOVERY_CODE) ? RECOVERY : UNSUPPORTED;
    }
}
