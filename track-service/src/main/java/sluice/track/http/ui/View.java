package sluice.track.http.ui;

import java.util.Locale;
import sluice.schemas.ActionState;

/** What the page of a challenge shows first. Its script shows the same views as the challenge goes on. */
public enum View {
    ENROLL("Set up your authenticator app", 200, ""),
    CHALLENGE("Verify it’s you", 200, ""),
    SUCCESS("You’re verified", 200, ""),
    FAILED("That didn’t work", 200, ""),
    BLOCKED("This isn’t allowed", 200, ""),
    REVIEW("This is being looked at", 200, ""),
    UNSUPPORTED("That can’t be done here", 400, "invalid_configuration"),
    EXPIRED("This page has expired", 401, "expired_token"),
    INVALID("This link doesn’t work", 401, "invalid_token"),
    UNAVAILABLE("Something went wrong", 503, "service_unavailable");

    private final String title;
    private final int status;
    private final String errorCode;

    View(String title, int status, String errorCode) {
        this.title = title;
        this.status = status;
        this.errorCode = errorCode;
    }

    /** HTTP status of a page that shows this first. */
    public int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The contract's code for it, told to the SDK that shows the page; empty where nothing is wrong. */
    String errorCode() {
        return errorCode;
    }

    /** The section of the template that it is. */
    String section() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Chooses by the rules that bind an authenticator (contract section 4), so that nobody is shown what the API would
     * refuse.
     *
     * @param state where the action stands
     * @param isEnrolled whether the user has any authenticator
     * @param hasApp whether one of them is an app
     * @param mayAdd whether the token has the scope to add one
     * @param isEnrolmentForced whether an enrolment was asked for, whatever the user has
     */
    public static View of(
            ActionState state, boolean isEnrolled, boolean hasApp, boolean mayAdd, boolean isEnrolmentForced) {
        var enrolsFirst = !isEnrolled || (mayAdd && (isEnrolmentForced || !hasApp));
        return switch (state) {
            case CHALLENGE_REQUIRED -> enrolsFirst ? ENROLL : hasApp ? CHALLENGE : UNSUPPORTED;
            case ALLOW -> !isEnrolled || (mayAdd && isEnrolmentForced) ? ENROLL : SUCCESS;
            case CHALLENGE_SUCCEEDED -> isEnrolmentForced ? ENROLL : SUCCESS;
            case REVIEW_SUCCEEDED -> SUCCESS;
            case REVIEW_REQUIRED -> REVIEW;
            case CHALLENGE_FAILED -> FAILED;
            case BLOCK, REVIEW_FAILED -> BLOCKED;
            case UNKNOWN -> INVALID;
        };
    }
}
