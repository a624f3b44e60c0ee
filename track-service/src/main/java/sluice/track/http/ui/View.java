package sluice.track.http.ui;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

/** What the page of a challenge shows first. Its script shows the same views as the challenge goes on. */
public enum View {
    ENROLL("totp-enrollment"),
    ENROLL_PASSKEY("passkey-enrollment"),
    ENROLL_EMAIL_CODE("email-code-enrollment"),
    ENROLL_EMAIL_LINK("email-link-enrollment"),
    SETTINGS("settings"),
    CHALLENGE("totp-code-entry"),
    PASSKEY("passkey-entry"),
    EMAIL_CODE("email-code-entry"),
    EMAIL_LINK("email-link"),
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
     * @param preferred the method of the authenticator that the user wants to be offered first
     * @param mayAdd whether the token has the scope to add one
     * @param isEnrolmentForced whether an enrolment was asked for, whatever the user has
     */
    public static View of(
            ActionState state,
            boolean isEnrolled,
            Set<VerificationMethod> methods,
            Optional<VerificationMethod> preferred,
            boolean mayAdd,
            boolean isEnrolmentForced) {
        var enrolsFirst = !isEnrolled || (mayAdd && (isEnrolmentForced || methods.isEmpty()));
        return switch (state) {
            case CHALLENGE_REQUIRED -> enrolsFirst ? ENROLL : challenge(methods, preferred);
            case ALLOW -> !isEnrolled || (mayAdd && isEnrolmentForced) ? ENROLL : SUCCESS;
            case CHALLENGE_SUCCEEDED -> isEnrolmentForced ? ENROLL : SUCCESS;
            case REVIEW_SUCCEEDED -> SUCCESS;
            case REVIEW_REQUIRED -> REVIEW;
            case CHALLENGE_FAILED -> FAILED;
            case BLOCK, REVIEW_FAILED -> BLOCKED;
            case UNKNOWN -> INVALID;
        };
    }

    /** What it is where the user is to come to their authenticators in the end. */
    View forSettings() {
        return this == SUCCESS ? SETTINGS : this;
    }

    /** What it is where just these methods can be added: what comes first of them. */
    public View adding(Set<VerificationMethod> enrollable) {
        if (this != ENROLL || enrollable.contains(VerificationMethod.AUTHENTICATOR_APP)) return this;
        if (enrollable.contains(VerificationMethod.PASSKEY)) return ENROLL_PASSKEY;
        if (enrollable.contains(VerificationMethod.EMAIL_OTP)) return ENROLL_EMAIL_CODE;
        return enrollable.contains(VerificationMethod.EMAIL_MAGIC_LINK) ? ENROLL_EMAIL_LINK : this;
    }

    /** Recovery codes are for who has nothing else: they come first only where they are all there is. */
    private static View challenge(Set<VerificationMethod> methods, Optional<VerificationMethod> preferred) {
        return Stream.concat(
                        preferred.stream(),
                        Stream.of(
                                VerificationMethod.AUTHENTICATOR_APP,
                                VerificationMethod.PASSKEY,
                                VerificationMethod.EMAIL_OTP,
                                VerificationMethod.EMAIL_MAGIC_LINK,
                                VerificationMethod.RECOVERY_CODE))
                .filter(methods::contains)
                .findFirst()
                .map(View::by)
                .orElse(UNSUPPORTED);
    }

    private static View by(VerificationMethod method) {
        return switch (method) {
            case AUTHENTICATOR_APP -> CHALLENGE;
            case PASSKEY -> PASSKEY;
            case EMAIL_OTP -> EMAIL_CODE;
            case EMAIL_MAGIC_LINK -> EMAIL_LINK;
            case RECOVERY_CODE -> RECOVERY;
            default -> UNSUPPORTED;
        };
    }
}
