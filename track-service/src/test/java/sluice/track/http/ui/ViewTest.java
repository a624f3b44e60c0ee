package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.schemas.ActionState;

/** The binding rules of contract section 4, as a user sees them. */
class ViewTest {

    @ParameterizedTest
    @CsvSource({
        // state, isEnrolled, hasApp, mayAdd, isEnrolmentForced, view
        "CHALLENGE_REQUIRED, false, false, false, false, ENROLL",
        "CHALLENGE_REQUIRED, true, true, false, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, true, true, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, true, false, true, CHALLENGE",
        "CHALLENGE_REQUIRED, true, true, true, true, ENROLL",
        "CHALLENGE_REQUIRED, true, false, false, false, UNSUPPORTED",
        "CHALLENGE_REQUIRED, true, false, false, true, UNSUPPORTED",
        "CHALLENGE_REQUIRED, true, false, true, false, ENROLL",
        "ALLOW, false, false, false, false, ENROLL",
        "ALLOW, true, true, false, true, SUCCESS",
        "ALLOW, true, true, true, true, ENROLL",
        "CHALLENGE_SUCCEEDED, true, true, false, false, SUCCESS",
        "CHALLENGE_SUCCEEDED, true, true, false, true, ENROLL",
        "CHALLENGE_FAILED, false, false, true, true, FAILED",
        "BLOCK, false, false, true, true, BLOCKED",
        "REVIEW_REQUIRED, false, false, true, true, REVIEW",
        "REVIEW_SUCCEEDED, true, true, false, false, SUCCESS",
        "REVIEW_FAILED, true, true, false, false, BLOCKED",
        "UNKNOWN, true, true, true, true, INVALID"
    })
    void givenAUserAndAnAction_whenThePageIsAskedFor_thenItShows(
            ActionState state, boolean isEnrolled, boolean hasApp, boolean mayAdd, boolean isForced, View view) {
        assertThat(View.of(state, isEnrolled, hasApp, mayAdd, isForced)).isEqualTo(view);
    }
}
